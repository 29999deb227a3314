package dev.kafila.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import dev.kafila.sandbox.SandboxEvents;
import dev.kafila.sandbox.SandboxFunction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/** A broker, an AWS endpoint and as many processes of Kafila as a scenario wants, and what has to hold at its end. */
final class Bench implements AutoCloseable {
    static final int PARTITIONS = 4;
    static final int BATCH = 10;
    static final String TOPIC = "orders";
    static final String DEAD_LETTERS = "orders-dlt";
    static final String GROUP = "faults";
    static final String BUS = "orders-bus";

    /** Three requests. */
    static final int BUS_BATCH = 30;

    private static final Duration LONGEST = Duration.ofMinutes(2);

    final SandboxBroker broker = SandboxBroker.start();
    final SandboxAws aws = SandboxAws.start();
    final SandboxFunction function = aws.function("carry");
    final SandboxEvents events = aws.events();
    private final long startedAt = System.nanoTime();
    private final Path directory;
    private final Target target;
    private final Map<String, String> properties = new TreeMap<>();
    private final List<Instance> instances = new ArrayList<>();
    private final Map<Integer, Integer> produced = new HashMap<>();

    /** With a function at the end of the flow. */
    Bench(Path directory) {
        this(directory, Target.FUNCTION);
        settings(
                "kafila.lambda.",
                Map.of("function", function.name(), "format", "plain", "batch-size", String.valueOf(BATCH)));
    }

    /** With an event bus at the end of the flow, and batches of several requests. */
    static Bench toBus(Path directory) {
        Bench bench = new Bench(directory, Target.BUS);
        bench.events.declareBus(BUS);
        bench.settings("kafila.eventbridge.", Map.of("bus", BUS, "batch-size", String.valueOf(BUS_BATCH)));
        return bench;
    }

    /** With no flow but event source mappings, which are made through an instance's API. */
    static Bench ofMappings(Path directory) {
        Bench bench = new Bench(directory, Target.MAPPING);
        Map.of(
                        "enabled", "true",
                        "drain-timeout", "10s",
                        "scaling-interval", "1s")
                .forEach((name, value) -> bench.with("kafila.mapping." + name, value));
        return bench;
    }

    private enum Target {
        FUNCTION,
        BUS,
        MAPPING
    }

    private Bench(Path directory, Target target) {
        this.directory = directory;
        this.target = target;
        broker.createTopic(TOPIC, PARTITIONS);
        broker.createTopic(DEAD_LETTERS, 1);
        properties.putAll(Map.of(
                "kafila.kafka.brokers", broker.bootstrapServers(),
                "kafila.kafka.properties.heartbeat.interval.ms", "500",
                "kafila.kafka.properties.session.timeout.ms", "6000",
                "kafila.kafka.properties.metadata.max.age.ms", "1000",
                "kafila.aws.endpoint", aws.endpoint().toString(),
                "kafila.aws.region", "eu-central-1",
                "kafila.aws.access-key-id", "test",
                "kafila.aws.secret-access-key", "test"));
    }

    private void settings(String prefix, Map<String, String> own) {
        own.forEach((name, value) -> properties.put(prefix + name, value));
        Map.of(
                        "topics", TOPIC,
                        "group", GROUP,
                        "linger", "50ms",
                        "retry-delay", "100ms",
                        "retry-delay-max", "1s",
                        "drain-timeout", "10s")
                .forEach((name, value) -> properties.put(prefix + name, value));
    }

    /** A setting of the instances that are started from now on. */
    Bench with(String key, String value) {
        properties.put(key, value);
        return this;
    }

    /** Starts a process and returns when it consumes. */
    Instance start(String... jvmOptions) {
        return launch(jvmOptions).awaitReady();
    }

    Instance launch(String... jvmOptions) {
        Path home = directory.resolve("instance-" + instances.size());
        Instance instance = Instance.start(home, properties, List.of(jvmOptions));
        instances.add(instance);
        return instance;
    }

    void produce(int recordsOfEachPartition) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            produce(partition, recordsOfEachPartition, 20);
        }
    }

    void produce(int partition, int records, int valueBytes) {
        List<Future<?>> sent = new ArrayList<>();
        String value = "v".repeat(valueBytes);
        int first = produced.getOrDefault(partition, 0);
        for (int number = first; number < first + records; number++) {
            byte[] key = Arrivals.key(partition, number).getBytes(StandardCharsets.UTF_8);
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            sent.add(broker.producer().send(new ProducerRecord<>(TOPIC, partition, key, bytes)));
        }
        produced.put(partition, first + records);
        for (Future<?> record : sent) {
            try {
                record.get();
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException("A record could not be produced", e);
            }
        }
    }

    long produced() {
        return produced.values().stream().mapToLong(Integer::longValue).sum();
    }

    long committed(int partition) {
        return broker.committed(GROUP).getOrDefault(new TopicPartition(TOPIC, partition), 0L);
    }

    /** Waits until the group has committed the end of every partition. */
    void awaitAllCommitted() {
        await(() -> broker.endOffsets(TOPIC).equals(broker.committed(GROUP)));
    }

    void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(LONGEST).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    void awaitCalls(long count) {
        await(() -> calls() >= count);
    }

    /** Requests to the function or the bus. */
    long calls() {
        return target == Target.BUS ? events.count() : function.count();
    }

    /** What the function or the bus took, each record as often as it did. */
    Arrivals delivered() {
        return switch (target) {
            case FUNCTION -> Arrivals.of(function.delivered());
            case BUS -> Arrivals.ofEvents(events.entries(BUS));
            case MAPPING -> Arrivals.ofEsm(function.delivered());
        };
    }

    /** The ledgers of instances that run, which have nothing left to do, add up by partition and all together to what was produced. */
    void assertLedger(Instance... running) {
        for (Instance instance : running) {
            await(() -> instance.ledger().stream().allMatch(line -> line.inFlight() == 0));
            assertThat(instance.ledger()).isNotEmpty().allMatch(LedgerLine::balanced);
        }
        assertThat(Stream.of(running)
                        .flatMap(instance -> instance.ledger().stream())
                        .mapToLong(LedgerLine::consumed)
                        .sum())
                .isEqualTo(produced());
    }

    /** Nothing is lost, first deliveries are in order, and no more arrived twice than that. */
    void assertArrived(long mostDuplicates) {
        assertArrivedInAnyOrder(mostDuplicates);
        assertThat(delivered().outOfOrder()).as("first deliveries out of order").isZero();
    }

    /** Nothing is lost, and no more arrived twice than that. */
    void assertArrivedInAnyOrder(long mostDuplicates) {
        Arrivals arrivals = delivered();
        assertThat(arrivals.unique()).as("records that arrived").isEqualTo(produced());
        assertThat(arrivals.duplicates()).as("duplicates").isLessThanOrEqualTo(mostDuplicates);
    }

    /** One line of figures for the report. */
    void report(String scenario, String more) {
        report(scenario, delivered(), more);
    }

    void report(String scenario, Arrivals arrivals, String more) {
        System.out.printf(
                "FAULTS %s: %d records, %d requests, %d duplicates, %.1f s%s%n",
                scenario,
                arrivals.unique(),
                calls(),
                arrivals.duplicates(),
                (System.nanoTime() - startedAt) / 1e9,
                more.isEmpty() ? "" : ", " + more);
    }

    @Override
    public void close() {
        instances.forEach(Instance::close);
        aws.close();
        broker.close();
    }
}
