package dev.kafila.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.batch.BatchAbandonedException;
import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.RecordBatch;
import dev.kafila.record.TestRecords;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class StoppedSinkTest {

    /** Camel redelivers whatever it was told to redeliver before, and a stop would wait for it. */
    @Test
    void aBatchThatComesBackAfterItsSinkWasStoppedIsAbandoned() {
        LambdaDelivery sink = new LambdaDelivery();
        sink.setOptions(Map.of("function", "orders"));
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(new RecordBatch("orders", 0, TestRecords.records("a"), 1));
        try (TestLease lease = new TestLease()) {
            lease.end();
            exchange.setProperty(BatchConstants.LEASE, lease);

            sink.process(exchange, doneSync -> {});
        }

        assertThat(exchange.getException()).isInstanceOf(BatchAbandonedException.class);
    }
}
