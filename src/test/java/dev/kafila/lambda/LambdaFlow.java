package dev.kafila.lambda;

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
 * The kamelet {@code kafila-lambda-sink} in a bare Camel, below the route configuration that the jar brings, and against the sandbox: what
 * the flow is, but for the consumer.
 */
public final class LambdaFlow implements AutoCloseable {
    public static final String FUNCTION = "orders";

    private final Main main = new Main();
    private final Map<String, String> parameters = new HashMap<>();
    private final Properties properties = new Properties();

    private LambdaFlow(SandboxAws aws) {
        with("function", FUNCTION);
        with("endpoint", aws.endpoint().toString());
        with("region", "eu-west-1");
        with("accessKeyId", "AKIDEXAMPLE");
        with("secretAccessKey", "secret");
        with("validate", "false");
        with("maxAttempts", "3");
        with("retryDelay", "20ms");
        with("retryDelayMax", "100ms");
        with("brokers", "localhost:9092");
        deadLettersTo("");
    }

    public static LambdaFlow to(SandboxAws aws) {
        return new LambdaFlow(aws);
    }

    public LambdaFlow with(String parameter, String value) {
        parameters.put(parameter, value);
        return this;
    }

    public LambdaFlow without(String parameter) {
        parameters.remove(parameter);
        return this;
    }

    public LambdaFlow deadLettersTo(String endpoint) {
        properties.setProperty("kafila.lambda.dead-letter", endpoint);
        return this;
    }

    /** Of the dead-letter topic, if it has to be created. */
    public LambdaFlow deadLetterPartitions(String partitions) {
        properties.setProperty("kafila.lambda.dead-letter-partitions", partitions);
        return this;
    }

    /** The brokers of {@code kafka:} endpoints that name none. */
    public LambdaFlow brokers(String brokers) {
        properties.setProperty("camel.component.kafka.brokers", brokers);
        return this;
    }

    /** One of the {@code connectProperties}, such as {@code reporter.client.id}. */
    public LambdaFlow connect(String name, String value) {
        properties.setProperty("orders." + name, value);
        return with("connectProperties", "property:orders.");
    }

    public LambdaFlow bind(String name, Object bean) {
        main.bind(name, bean);
        return this;
    }

    public LambdaFlow start() throws Exception {
        return start(
                "classpath:routes/delivery-failures.camel.yaml,classpath:routes/lambda-dead-letters.camel.yaml",
                "delivery-failures,lambda-dead-letters");
    }

    public LambdaFlow start(String configuration, String configurationId) throws Exception {
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setOverrideProperties(properties);
        main.configure().withRoutesIncludePattern(configuration);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:batches")
                        .routeId("orders-to-lambda")
                        .routeConfigurationId(configurationId)
                        .to(uri());
                from("direct:twice")
                        .routeId("orders-twice")
                        .routeConfigurationId(configurationId)
                        .to(uri())
                        .to(uri().replace("RAW(" + FUNCTION + ")", "another"));
            }
        });
        main.start();
        return this;
    }

    public String uri() {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=RAW(" + parameter.getValue() + ")")
                .collect(Collectors.joining("&", "kamelet:kafila-lambda-sink?", ""));
    }

    public CamelContext context() {
        return main.getCamelContext();
    }

    /** Sends a batch of {@code orders-0}; done when its exchange is. */
    public CompletableFuture<Exchange> send(BatchLease lease, List<ConsumerRecord<byte[], byte[]>> records) {
        return send(lease, records, null);
    }

    /** The same with what an earlier exchange left pending. */
    public CompletableFuture<Exchange> send(
            BatchLease lease, List<ConsumerRecord<byte[], byte[]>> records, Object pending) {
        return send("direct:batches", lease, records, pending);
    }

    /** The same to a route with two sinks. */
    public CompletableFuture<Exchange> sendTwice(BatchLease lease, List<ConsumerRecord<byte[], byte[]>> records) {
        return send("direct:twice", lease, records, null);
    }

    private CompletableFuture<Exchange> send(
            String route, BatchLease lease, List<ConsumerRecord<byte[], byte[]>> records, Object pending) {
        return context().createProducerTemplate().asyncSend(route, exchange -> {
            exchange.getMessage().setBody(new RecordBatch("orders", 0, records, 1000));
            if (lease != null) {
                exchange.setProperty(BatchConstants.LEASE, lease);
            }
            if (pending != null) {
                exchange.setProperty(BatchConstants.PENDING, pending);
            }
        });
    }

    @Override
    public void close() {
        main.stop();
    }
}
