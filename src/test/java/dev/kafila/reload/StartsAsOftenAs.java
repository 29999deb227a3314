package dev.kafila.reload;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;

/** A step that can be built as often as you like, but not started. */
public final class StartsAsOftenAs extends ServiceSupport implements Processor {
    static final AtomicInteger LEFT = new AtomicInteger();

    @Override
    public void process(Exchange exchange) {}

    @Override
    protected void doStart() {
        if (LEFT.getAndDecrement() <= 0) {
            throw new IllegalStateException("not again");
        }
    }
}
