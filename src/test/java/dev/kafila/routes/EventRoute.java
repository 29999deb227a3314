package dev.kafila.routes;

import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.batch.Ledger;
import dev.kafila.sandbox.EventEntry;
import dev.kafila.sandbox.PutTimeline;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import dev.kafila.sandbox.SandboxEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The route to EventBridge of the jar with a topic of its own, a bus, and what has to hold when it is done. */
final class EventRoute implements AutoCloseable {
    static final int PARTITIONS = 2;
    static final String BUS = "orders-bus";

    final SandboxAws aws = SandboxAws.start();
    final SandboxEvents events = aws.events();
    final String topic = "orders-" + UUID.randomUUID();

    private final SandboxBroker broker;
    private final Path directory;
    private final String deadLetterTopic = topic + "-dlt";
    private final Map<String, String> settings = new HashMap<>();
    private Application application;
    private int produced;

    /** @param directory where files beside the jar's are looked for */
    EventRoute(SandboxBroker broker, Path directory) {
        this.broker = broker;
        this.directory = directory;
        events.declareBus(BUS);
        broker.createTopic(topic, PARTITIONS);
        broker.createTopic(deadLetterTopic, 1);
        settings.putAll(Map.of(
                "kafila.kafka.brokers", broker.bootstrapServers(),
                "kafila.aws.endpoint", aws.endpoint().toString(),
                "kafila.aws.region", "eu-central-1",
                "kafila.aws.access-key-id", "AKIDEXAMPLE",
                "kafila.aws.secret-access-key", "secret"));
        settings.putAll(Map.of(
                "kafila.eventbridge.topics",
                topic,
                "kafila.eventbridge.group",
                topic,
                "kafila.eventbridge.bus",
                BUS,
                "kafila.eventbridge.linger",
                "50ms",
                "kafila.eventbridge.retry-delay",
                "20ms",
                "kafila.eventbridge.retry-delay-max",
                "200ms"));
    }

    /** A setting of {@code kafila.eventbridge}. */
    EventRoute with(String name, String value) {
        settings.put("kafila.eventbridge." + name, value);
        return this;
    }

    EventRoute withDeadLetters() {
        return with("on-failure", "dead-letter").with("dead-letter", "kafka:" + deadLetterTopic);
    }

    EventRoute start() throws Exception {
        application = new Workplace(directory).start(settings);
        return this;
    }

    /** Sends records that are JSON objects with their number, the same number of each partition. */
    EventRoute produce(int ofEachPartition) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (int number = 0; number < ofEachPartition; number++) {
                send(partition, "{\"number\":" + number + "}");
            }
        }
        broker.producer().flush();
        return this;
    }

    void send(int partition, String value) {
        send(partition, utf8(value));
    }

    void send(int partition, byte[] value) {
        var unused = broker.producer().send(new ProducerRecord<>(topic, partition, utf8("k"), value));
        produced++;
    }

    int produced() {
        return produced;
    }

    void awaitAllCommitted() {
        broker.producer().flush();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> broker.endOffsets(topic).equals(broker.committed(topic)));
    }

    long committed(int partition) {
        return broker.committed(topic).getOrDefault(new TopicPartition(topic, partition), 0L);
    }

    String health() throws Exception {
        return Workplace.get(application, "/observe/health").body();
    }

    void resume(int partition) {
        Workplace.resume(application, topic, partition);
    }

    void resumeAll() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            resume(partition);
        }
    }

    /** Waits until no partition goes on and readiness says why. */
    void awaitAllStopped(String reason) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            String stopped = topic + "-" + partition;
            await().until(() -> health().contains(stopped) && health().contains(reason));
        }
    }

    Application application() {
        return application;
    }

    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return broker.records(deadLetterTopic);
    }

    /** The records whose events the bus took, each as often as it did. */
    List<String> taken() {
        return events.entries(BUS).stream().map(PutTimeline::record).toList();
    }

    /** How often each record was on the wire. */
    Map<String, Long> sendings() {
        return events.received().stream()
                .flatMap(request -> request.entries().stream())
                .collect(Collectors.groupingBy(PutTimeline::record, Collectors.counting()));
    }

    static long offset(EventEntry entry) {
        String record = PutTimeline.record(entry);
        return Long.parseLong(record.substring(record.lastIndexOf('@') + 1));
    }

    long count(ToLongFunction<Ledger.Entry> column) {
        return ledger().stream().mapToLong(column).sum();
    }

    /** Every record is committed and accounted for, and no event came twice. */
    void assertSettled(long deadLettered) {
        awaitAllCommitted();
        await().until(() -> count(Ledger.Entry::inFlight) == 0);
        assertThat(ledger()).allMatch(Ledger.Entry::balanced);
        assertThat(count(Ledger.Entry::consumed)).isEqualTo(produced);
        assertThat(count(Ledger.Entry::delivered)).isEqualTo(produced - deadLettered);
        assertThat(count(Ledger.Entry::deadLettered)).isEqualTo(deadLettered);
        assertThat(deadLetters()).hasSize((int) deadLettered);
        assertThat(taken()).doesNotHaveDuplicates().hasSize(produced - (int) deadLettered);
    }

    /** Of each partition one request was out at a time, and none brought what is earlier than what another had brought. */
    void assertOrdered() {
        PutTimeline timeline = PutTimeline.of(events.exchanges());
        assertThat(timeline.overtaking()).isZero();
        assertThat(timeline.outOfOrder()).isZero();
    }

    private List<Ledger.Entry> ledger() {
        return Ledger.of(application.camelContext()).entries().stream()
                .filter(entry -> entry.topic().equals(topic))
                .toList();
    }

    @Override
    public void close() throws IOException {
        try (aws) {
            if (application != null) {
                application.close();
            }
        }
    }
}
