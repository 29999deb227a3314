package dev.kafila.gateway.publish;

import dev.kafila.gateway.request.Answer;
import dev.kafila.gateway.request.RequestException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the requests in the body of an exchange to Kafka and puts the answers there: the bean of the kamelet {@code kafila-request-sink}.
 * The exchange goes on when every record is acknowledged or failed, and at the latest when the time for it is over; no thread waits for
 * that. Headers of the exchange steer nothing and are not written.
 */
public final class RequestSink extends AsyncProcessorSupport implements CamelContextAware {
    /** Exchange property: a {@link Duration} after which nobody waits for the answer any more, if that is before {@code requestTimeout}. */
    public static final String TIME = "kafila.request.time";

    /**
     * Exchange property: true for an exchange without requests, which goes on when the first request has nothing to wait for, or cannot be
     * published anyway.
     */
    public static final String WARM_UP = "kafila.request.warm-up";

    private static final Logger LOG = LoggerFactory.getLogger(RequestSink.class);

    private static final int UNAVAILABLE = 503;

    private CamelContext context;
    private Map<String, Object> options = new HashMap<>();
    /** Null unless started. */
    private volatile Gateway gateway;

    /** The parameters of the kamelet; missing and empty values mean the default. */
    public Map<String, Object> getOptions() {
        return options;
    }

    public void setOptions(Map<String, Object> options) {
        this.options = options;
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        context = camelContext;
    }

    @Override
    protected void doStart() {
        gateway = Gateway.start(context, new GatewayOptions(options));
    }

    @Override
    protected void doStop() {
        Gateway stopped = gateway;
        if (stopped != null) {
            gateway = null;
            stopped.close();
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Gateway started = gateway;
        if (started == null) {
            put(Answers.of(Answer.refused(new RequestException(UNAVAILABLE, "Kafila is stopping"))), exchange);
            callback.done(true);
            return true;
        }
        // The rest of the route is not for the threads of Kafka's client.
        var unused = publish(exchange, started)
                .exceptionally(RequestSink::fault)
                .thenAcceptAsync(
                        answers -> {
                            put(answers, exchange);
                            callback.done(false);
                        },
                        started.routes());
        return false;
    }

    private static CompletableFuture<Answers> publish(Exchange exchange, Gateway gateway) {
        try {
            if (exchange.getProperty(WARM_UP, false, boolean.class)) {
                return gateway.warmUp().thenApply(done -> new Answers(true, List.of()));
            }
            return gateway.publisher()
                    .publish(exchange.getMessage().getBody(), exchange.getProperty(TIME, Duration.class));
        } catch (RuntimeException | StackOverflowError e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Answers fault(Throwable fault) {
        String reason = Failures.unexpected(fault);
        LOG.error("A request was not published: {}", reason);
        return Answers.of(Answer.failed(reason));
    }

    private static void put(Answers answers, Exchange exchange) {
        exchange.getMessage().setBody(answers.json());
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, answers.status());
    }
}
