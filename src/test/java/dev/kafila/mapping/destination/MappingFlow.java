package dev.kafila.mapping.destination;

import dev.kafila.aws.AwsSettings;
import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.BatchLease;
import dev.kafila.batch.Ledger;
import dev.kafila.batch.RecordBatch;
import dev.kafila.failure.UndeliverableException;
import dev.kafila.lambda.LambdaDelivery;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.main.Main;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;

/** A mapping's delivery and its destination in a bare Camel, below the route configuration that the jar brings, and against the sandbox. */
final class MappingFlow implements AutoCloseable {
    static final String UUID = "11111111-2222-3333-4444-555555555555";
    static final String FUNCTION = "orders";
    static final String FUNCTION_ARN = "arn:aws:lambda:eu-west-1:123456789012:function:orders";
    static final String ROUTE = "mapping";

    private final Main main = new Main();
    private final Map<String, Object> parameters = new HashMap<>();
    private final Destination destination;
    private final DestinationClients clients;
    private KafkaClientFactory kafka;
    private String eventSourceArn;
    private String source = "";

    private MappingFlow(SandboxAws aws, String destination) {
        this.destination = Destination.read(destination).orElseThrow();
        clients = new DestinationClients(settings(aws));
        with("endpoint", aws.endpoint().toString());
        with("region", "eu-west-1");
        with("accessKeyId", "AKIDEXAMPLE");
        with("secretAccessKey", "secret");
        with("validate", "false");
        with("function", FUNCTION);
        with("route", ROUTE);
        with("brokers", "localhost:9092");
        with("attempts", "function-errors");
        with("maxAttempts", "2");
        with("retryDelay", "20ms");
        with("retryDelayMax", "100ms");
        with("onFailure", "dead-letter");
    }

    static MappingFlow to(SandboxAws aws, String destination) {
        return new MappingFlow(aws, destination);
    }

    private static AwsSettings settings(SandboxAws aws) {
        return AwsSettings.of(Map.of(
                "region", "eu-central-1",
                "endpoint", aws.endpoint().toString(),
                "access-key-id", "AKIDEXAMPLE",
                "secret-access-key", "secret")::get);
    }

    /** One of the parameters of the delivery. */
    MappingFlow with(String parameter, String value) {
        parameters.put(parameter, value);
        return this;
    }

    /** One of the {@code connectProperties}, such as an option of a converter. */
    MappingFlow connect(String name, String value) {
        main.addProperty("orders." + name, value);
        return with("connectProperties", "property:orders.");
    }

    MappingFlow ofCluster(String arn) {
        eventSourceArn = arn;
        return with("eventSourceArn", arn);
    }

    /** The mapping's cluster. */
    MappingFlow on(SandboxBroker broker) {
        kafka = new DefaultKafkaClientFactory() {
            @Override
            public Producer<byte[], byte[]> getProducer(Properties properties) {
                properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
                properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "2000");
                return typed(super.getProducer(properties));
            }

            @SuppressWarnings("unchecked") // The factory's contract is a raw type.
            private static Producer<byte[], byte[]> typed(@SuppressWarnings("rawtypes") Producer producer) {
                return producer;
            }
        };
        return this;
    }

    /** Consumes a topic of the cluster as well. */
    MappingFlow consuming(SandboxBroker broker, String topic, String options) {
        source = "kafka-batch:" + topic + "?brokers=" + broker.bootstrapServers() + "&groupId=" + topic
                + "&startingPosition=earliest&lingerMs=300&heartbeatIntervalMs=200&" + options;
        return on(broker);
    }

    MappingFlow start() throws Exception {
        main.setDefaultPropertyPlaceholderLocation("false");
        main.configure().withRoutesIncludePattern("classpath:routes/delivery-failures.camel.yaml");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                LambdaDelivery delivery = new LambdaDelivery();
                delivery.setOptions(parameters);
                delivery.setCamelContext(getContext());
                Origin origin = new Origin(
                        UUID,
                        FUNCTION_ARN,
                        eventSourceArn,
                        parameters.get("brokers").toString());
                DestinationSink sink =
                        new DestinationSink(getContext(), origin, destination, parameters, clients, kafka);
                route("direct:batches", ROUTE, delivery, sink);
                if (!source.isEmpty()) {
                    route(source, "source", delivery, sink);
                }
            }

            private void route(String from, String id, LambdaDelivery delivery, DestinationSink sink) {
                from(from)
                        .routeId(id)
                        .routeConfigurationId("delivery-failures")
                        .onException(UndeliverableException.class)
                        .handled(true)
                        .process(sink)
                        .end()
                        .process(delivery);
            }
        });
        main.start();
        return this;
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    List<Ledger.Entry> ledger() {
        return Ledger.of(context()).entries();
    }

    Exchange deliver(BatchLease lease, List<ConsumerRecord<byte[], byte[]>> records, Object pending) throws Exception {
        return send(lease, records, pending).get(30, TimeUnit.SECONDS);
    }

    CompletableFuture<Exchange> send(BatchLease lease, List<ConsumerRecord<byte[], byte[]>> records, Object pending) {
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
        clients.close();
    }
}
