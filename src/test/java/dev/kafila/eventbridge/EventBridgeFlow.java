package dev.kafila.eventbridge;

import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.BatchLease;
import dev.kafila.batch.RecordBatch;
import dev.kafila.sandbox.SandboxAws;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The kamelet {@code kafila-eventbridge-sink} in a bare Camel, below the route configurations that the jar brings, and against the sandbox:
 * what the flow is, but for the consumer.
 */
public final class EventBridgeFlow implements AutoCloseable {
    public static final String BUS = "orders-bus";

    private final Main main = new Main();
    private final Map<String, String> parameters = new HashMap<>();
    private final Properties properties = new Properties();

    private EventBridgeFlow(SandboxAws aws) {
        with("bus", BUS);
        with("endpoint", aws.endpoint().toString());
        with("region", "eu-west-1");
        with("accessKeyId", "AKIDEXAMPLE");
        with("secretAccessKey", "secret");
        with("validate", "false");
        with("maxAttempts", "3");
        with("retryDelay", "20ms");
        with("retryDelayMax", "100ms");
        deadLettersTo("");
    }

    public static EventBridgeFlow to(SandboxAws aws) {
        return new EventBridgeFlow(aws);
    }

    public EventBridgeFlow with(String parameter, String value) {
        parameters.put(parameter, value);
        return this;
    }

    public EventBridgeFlow without(String parameter) {
        parameters.remove(parameter);
        return this;
    }

    public EventBridgeFlow deadLettersTo(String endpoint) {
        properties.setProperty("kafila.eventbridge.dead-letter", endpoint);
        return this;
    }

    public EventBridgeFlow bind(String name, Object bean) {
        main.bind(name, bean);
        return this;
    }

    public EventBridgeFlow start() throws Exception {
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setOverrideProperties(properties);
        main.configure()
                .withRoutesIncludePattern("classpath:routes/delivery-failures.camel.yaml,"
                        + "classpath:routes/eventbridge-dead-letters.camel.yaml");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:batches")
                        .routeId("orders-to-eventbridge")
                        .routeConfigurationId("delivery-failures,eventbridge-dead-letters")
                        .to(uri());
            }
        });
        main.start();
        return this;
    }

    private String uri() {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=RAW(" + parameter.getValue() + ")")
                .collect(Collectors.joining("&", "kamelet:kafila-eventbridge-sink?", ""));
    }

    public CamelContext context() {
        return main.getCamelContext();
    }

    /** Sends a batch of the records' partition; done when its exchange is. */
    public CompletableFuture<Exchange> send(BatchLease lease, List<ConsumerRecord<byte[], byte[]>> records) {
        return send(lease, records, null);
    }

    /** The same with what an earlier exchange left pending. */
    public CompletableFuture<Exchange> send(
            BatchLease lease, List<ConsumerRecord<byte[], byte[]>> records, Object pending) {
        ConsumerRecord<?, ?> first = records.get(0);
        RecordBatch batch = new RecordBatch(first.topic(), first.partition(), records, 1000);
        return context().createProducerTemplate().asyncSend("direct:batches", exchange -> {
            exchange.getMessage().setBody(batch);
            exchange.setProperty(BatchConstants.LEASE, lease);
            exchange.setProperty(BatchConstants.PENDING, pending);
        });
    }

    @Override
    public void close() {
        main.stop();
    }
}
