package dev.kafila.delivery;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.service.ServiceHelper;

/**
 * A producer of an endpoint that was made by hand for one client: endpoints of a context are shared by address. As thread-safe as the
 * producer is; closing it stops both.
 */
public final class OwnProducer implements AutoCloseable {
    private final Endpoint endpoint;
    private final Producer producer;

    private OwnProducer(Endpoint endpoint, Producer producer) {
        this.endpoint = endpoint;
        this.producer = producer;
    }

    /** Starts the endpoint and a producer of it. */
    public static OwnProducer start(Endpoint endpoint) {
        ServiceHelper.startService(endpoint);
        try {
            Producer producer = endpoint.createProducer();
            ServiceHelper.startService(producer);
            return new OwnProducer(endpoint, producer);
        } catch (Exception e) {
            ServiceHelper.stopAndShutdownService(endpoint);
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    /**
     * Makes one call and returns when it is answered.
     *
     * @throws Exception as the producer does
     */
    public Exchange call(Object body) throws Exception {
        return call(body, Map.of());
    }

    /**
     * The same with properties of the exchange.
     *
     * @throws Exception as the producer does
     */
    public Exchange call(Object body, Map<String, ?> properties) throws Exception {
        Exchange call = endpoint.createExchange();
        properties.forEach(call::setProperty);
        call.getMessage().setBody(body);
        producer.process(call);
        return call;
    }

    @Override
    public void close() {
        ServiceHelper.stopAndShutdownServices(producer, endpoint);
    }
}
