package dev.kafila.gateway.publish;

import dev.kafila.failure.DurableProducer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The producer of a sink, which gives a record up when whoever asked for it does not wait any longer. */
final class KafkaConnection implements AutoCloseable {
    /**
     * For which the client may hold a thread: long enough for what is cached or nearly, and then the reason is looked for.
     */
    private static final Duration BLOCK = Duration.ofSeconds(1);

    /**
     * In bytes, if nobody chooses another. The client takes a batch that is too large for its topic apart into batches of this size: were
     * it more than the topic takes, it would get the same batch again, until the time of its records is over.
     */
    private static final String BATCH_SIZE = "4096";

    private final KafkaEndpoint endpoint;
    private final DurableProducer producer;

    private KafkaConnection(KafkaEndpoint endpoint, Duration timeout) {
        this.endpoint = endpoint;
        Map<String, String> overrides = times(endpoint.getConfiguration().createProducerProperties(), timeout);
        if (!endpoint.getConfiguration().getAdditionalProperties().containsKey(ProducerConfig.BATCH_SIZE_CONFIG)) {
            overrides.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_SIZE);
        }
        producer = new DurableProducer(endpoint, overrides);
    }

    /** Connects to nothing yet. */
    static KafkaConnection of(CamelContext context, GatewayOptions options) {
        try {
            // Not one of the context's endpoints, which are shared by address. The topic does not matter: records name
            // theirs.
            KafkaEndpoint endpoint = (KafkaEndpoint) context.getComponent("kafka")
                    .createEndpoint("kafka:" + options.topics().get(0), options.connection());
            ServiceHelper.startService(endpoint);
            return new KafkaConnection(endpoint, options.timeout());
        } catch (Exception e) {
            throw new IllegalArgumentException("The connection to Kafka is not right: " + e.getMessage(), e);
        }
    }

    DurableProducer producer() {
        return producer;
    }

    /** Within what is left of a request's time the client tries twice at least. */
    private static Map<String, String> times(Properties set, Duration timeout) {
        Map<String, String> times = new HashMap<>();
        long half = timeout.toMillis() / 2;
        atMost(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.min(BLOCK.toMillis(), half), set, times);
        atMost(ProducerConfig.LINGER_MS_CONFIG, half, set, times);
        atMost(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, half, set, times);
        times.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(timeout.toMillis()));
        return times;
    }

    private static void atMost(String name, long most, Properties set, Map<String, String> times) {
        long chosen = Long.parseLong(String.valueOf(set.getOrDefault(name, most)));
        times.put(name, Long.toString(Math.min(most, chosen)));
    }

    @Override
    public void close() {
        producer.close();
        ServiceHelper.stopAndShutdownService(endpoint);
    }
}
