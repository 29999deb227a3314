package dev.kafila.sandbox;

import dev.kafila.Application;
import dev.kafila.batch.Ledger;
import dev.kafila.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The broker, the AWS endpoint and the application of one run. */
final class Workshop implements AutoCloseable {
    static final String TOPIC = "orders";
    static final String DEAD_LETTERS = "orders-dlt";
    static final String FUNCTION = "process-orders";
    static final String BUS = "orders-bus";
    static final String REQUESTED = "refunds";
    static final String BUS_ROUTE = "kafka-to-eventbridge";

    /** Of the records that requests become. */
    private static final String SCHEMA = """
            syntax = "proto3";
            message Refund {
              string order_id = 1;
              int64 cents = 2;
              repeated string reasons = 3;
            }
            """;

    private static final int PARTITIONS = 4;
    private static final int KEPT_INVOCATIONS = 100;

    private final SandboxBroker broker = SandboxBroker.start();
    private final SandboxAws aws = SandboxAws.start();
    private final SampleProducer producer = new SampleProducer(broker, new SampleRecords(TOPIC, PARTITIONS));
    private Application application;
    private Ledger ledger;
    private String group;

    private Workshop() {}

    /**
     * Starts all three, and returns when the routes are started.
     *
     * @param directory where {@code routes/} is
     * @param all       whether records flow to a bus as well as to the function, mappings can be made and requests sent
     */
    static Workshop open(Path directory, boolean all) throws Exception {
        Workshop workshop = new Workshop();
        try {
            workshop.start(directory, all);
            return workshop;
        } catch (Exception e) {
            workshop.close();
            throw e;
        }
    }

    private void start(Path directory, boolean all) throws Exception {
        aws.function(FUNCTION).keepsAtMost(KEPT_INVOCATIONS);
        aws.events().declareBus(BUS);
        aws.events().keepsAtMost(KEPT_INVOCATIONS);
        broker.createTopic(TOPIC, PARTITIONS);
        broker.createTopic(DEAD_LETTERS, 1);
        broker.createTopic(REQUESTED, 1);
        aws.schemas().create(REQUESTED, "PROTOBUF");
        aws.schemas().register(REQUESTED, SCHEMA);
        Settings settings = SandboxSettings.load(broker, aws, all);
        group = settings.camelProperties().get("kafila.lambda.group");
        application = Application.start(settings, directory);
        ledger = Ledger.of(application.camelContext());
    }

    SandboxBroker broker() {
        return broker;
    }

    SandboxAws aws() {
        return aws;
    }

    SampleProducer producer() {
        return producer;
    }

    /** It can be read after {@link #drain()} as well. */
    Ledger ledger() {
        return ledger;
    }

    /** The consumer group of the route. */
    String group() {
        return group;
    }

    String managementUrl() {
        return "http://" + LoopbackPorts.HOST + ":"
                + application.managementPort().orElseThrow();
    }

    /** Where event source mappings are made; empty if they are not. */
    Optional<String> mappingUrl() {
        OptionalInt port = application.mappingPort();
        return port.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "http://" + LoopbackPorts.HOST + ":" + port.getAsInt() + "/2015-03-31/event-source-mappings");
    }

    /** Where requests into Kafka are sent to; empty if they are not. */
    Optional<String> requestUrl() {
        OptionalInt port = application.gatewayPort();
        return port.isEmpty()
                ? Optional.empty()
                : Optional.of("http://" + LoopbackPorts.HOST + ":" + port.getAsInt() + "/topics/" + REQUESTED);
    }

    List<ConsumerRecord<byte[], byte[]>> requested() {
        return broker.records(REQUESTED);
    }

    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return broker.records(DEAD_LETTERS);
    }

    /** Stops the application: what is being delivered is waited for and committed. */
    void drain() throws IOException {
        if (application != null) {
            application.close();
            application = null;
        }
    }

    @Override
    public void close() throws IOException {
        try (broker;
                aws) {
            drain();
        }
    }
}
