package dev.kafila.delivery;

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
 * The kamelet of a sink in a bare Camel, below the route configurations that the jar brings, and against the sandbox: what the flow is, but
 * for the consumer.
 *
 * @param <F> the flow to the sink
 */
public abstract class SinkFlow<F extends SinkFlow<F>> implements AutoCloseable {
    private final String sink;
    private final Main main = new Main();
    private final Map<String, String> parameters = new HashMap<>();
    private final Properties properties = new Properties();

    /** @param sink the last part of {@code kafka-to-lambda} and its like */
    protected SinkFlow(String sink, SandboxAws aws) {
        this.sink = sink;
        parameters.put("endpoint", aws.endpoint().toString());
        parameters.put("region", "eu-west-1");
        parameters.put("accessKeyId", "AKIDEXAMPLE");
        parameters.put("secretAccessKey", "secret");
        parameters.put("validate", "false");
        parameters.put("maxAttempts", "3");
        parameters.put("retryDelay", "20ms");
        parameters.put("retryDelayMax", "100ms");
        properties.setProperty("kafila." + sink + ".dead-letter", "");
    }

    protected abstract F self();

    public final F with(String parameter, String value) {
        parameters.put(parameter, value);
        return self();
    }

    public final F without(String parameter) {
        parameters.remove(parameter);
        return self();
    }

    /** A property of the Camel. */
    public final F property(String name, String value) {
        properties.setProperty(name, value);
        return self();
    }

    public final F deadLettersTo(String endpoint) {
        return property("kafila." + sink + ".dead-letter", endpoint);
    }

    /** Of the dead-letter topic, if it has to be created. */
    public final F deadLetterPartitions(String partitions) {
        return property("kafila." + sink + ".dead-letter-partitions", partitions);
    }

    /** The brokers of {@code kafka:} endpoints that name none. */
    public final F brokers(String brokers) {
        return property("camel.component.kafka.brokers", brokers);
    }

    /** One of the {@code connectProperties}, such as {@code reporter.client.id}. */
    public final F connect(String name, String value) {
        return property("orders." + name, value).with("connectProperties", "property:orders.");
    }

    public final F bind(String name, Object bean) {
        main.bind(name, bean);
        return self();
    }

    public final F start() throws Exception {
        return start(
                "classpath:routes/delivery-failures.camel.yaml,classpath:routes/" + sink + "-dead-letters.camel.yaml",
                "delivery-failures," + sink + "-dead-letters");
    }

    public final F start(String configuration, String configurationId) throws Exception {
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setOverrideProperties(properties);
        main.configure().withRoutesIncludePattern(configuration);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:batches")
                        .routeId("orders-to-" + sink)
                        .routeConfigurationId(configurationId)
                        .to(uri());
                from("direct:twice")
                        .routeId("orders-twice")
                        .routeConfigurationId(configurationId)
                        .to(uri())
                        .to(uri("another"));
            }
        });
        main.start();
        return self();
    }

    /** The address of the sink. */
    public final String uri() {
        return uri(parameters);
    }

    /** The address of the same sink with another target. */
    protected abstract String uri(String target);

    protected final String uri(String parameter, String value) {
        Map<String, String> others = new HashMap<>(parameters);
        others.put(parameter, value);
        return uri(others);
    }

    private String uri(Map<String, String> all) {
        return all.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=RAW(" + parameter.getValue() + ")")
                .collect(Collectors.joining("&", "kamelet:kafila-" + sink + "-sink?", ""));
    }

    public final CamelContext context() {
        return main.getCamelContext();
    }

    /** Sends a batch of the records' partition; done when its exchange is. */
    public final CompletableFuture<Exchange> send(BatchLease lease, List<ConsumerRecord<byte[], byte[]>> records) {
        return send(lease, records, null);
    }

    /** The same with what an earlier exchange left pending. */
    public final CompletableFuture<Exchange> send(
            BatchLease lease, List<ConsumerRecord<byte[], byte[]>> records, Object pending) {
        return send("direct:batches", lease, records, pending);
    }

    /** The same to a route with two sinks. */
    public final CompletableFuture<Exchange> sendTwice(BatchLease lease, List<ConsumerRecord<byte[], byte[]>> records) {
        return send("direct:twice", lease, records, null);
    }

    private CompletableFuture<Exchange> send(
            String route, BatchLease lease, List<ConsumerRecord<byte[], byte[]>> records, Object pending) {
        ConsumerRecord<?, ?> first = records.get(0);
        RecordBatch batch = new RecordBatch(first.topic(), first.partition(), records, 1000);
        return context().createProducerTemplate().asyncSend(route, exchange -> {
            exchange.getMessage().setBody(batch);
            exchange.setProperty(BatchConstants.LEASE, lease);
            exchange.setProperty(BatchConstants.PENDING, pending);
        });
    }

    @Override
    public final void close() {
        main.stop();
    }
}
