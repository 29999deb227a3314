package dev.kafila.bench;

import dev.kafila.faults.Instance;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a record takes from the producer to AWS's side at a steady rate, with Kafila as a process between them and with
 * {@link BareLoop}, which nothing that batches, accounts and commits can beat by much.
 */
final class Latency implements AutoCloseable {
    private static final int PARTITIONS = 8;
    private static final int PER_SECOND = 1_000;
    private static final int BYTES = 512;
    private static final long LONGEST_NANOS = 30_000_000_000L;
    private static final List<String> JVM_OPTIONS = List.of("-Xmx1g");
    private static final String NAME = "bench";

    private final SandboxBroker broker = SandboxBroker.start();
    private final SandboxAws aws = SandboxAws.start();
    private final Path directory;
    private final int warmUpSeconds;
    private final int seconds;
    private volatile Delays delays = new Delays(Long.MAX_VALUE);

    private Latency(Path directory, boolean quick) {
        this.directory = directory;
        warmUpSeconds = quick ? 8 : 20;
        seconds = quick ? 10 : 30;
        aws.events().declareBus(NAME);
        aws.events().keepsAtMost(1);
        aws.events().onDelivery(put -> put.entries().forEach(entry -> delays.arrived(entry.detail())));
        aws.function(NAME).keepsAtMost(1);
        aws.function(NAME).onDelivery(invocation -> delays.arrived(invocation.text()));
    }

    /** What carries the records; it does until it is closed. */
    @FunctionalInterface
    private interface Carrier {
        AutoCloseable start(String topic);
    }

    /**
     * Returns its part of the report, in Markdown.
     *
     * @param directory where processes log
     */
    static String run(Path directory, boolean quick) throws IOException {
        Files.createDirectories(directory);
        try (Latency latency = new Latency(directory, quick)) {
            List<DelayRow> rows = new ArrayList<>();
            rows.add(new DelayRow("Lambda", latency.kafila("lambda", "function"), latency.loop("invoke")));
            rows.add(new DelayRow("EventBridge", latency.kafila("eventbridge", "bus"), latency.loop("putevents")));
            return latency.introduction() + DelayRow.table(rows);
        }
    }

    private String introduction() {
        return "## Latency\n\n%,d records/s of %d bytes over %d partitions, %d s after %d s of warming up, `linger=0`.%n%n"
                .formatted(PER_SECOND, BYTES, PARTITIONS, seconds, warmUpSeconds);
    }

    private Delays kafila(String flow, String target) {
        return measure(flow, topic -> Instance.start(
                        directory.resolve(topic), properties(topic, "kafila." + flow + ".", target), JVM_OPTIONS)
                .awaitReady());
    }

    private Map<String, String> properties(String topic, String prefix, String target) {
        Map<String, String> properties = new TreeMap<>(Map.of(
                "kafila.kafka.brokers",
                broker.bootstrapServers(),
                "kafila.aws.endpoint",
                aws.endpoint().toString(),
                "kafila.aws.region",
                "eu-central-1",
                "kafila.aws.access-key-id",
                NAME,
                "kafila.aws.secret-access-key",
                NAME));
        Map.of("topics", topic, target, NAME, "linger", "0")
                .forEach((key, value) -> properties.put(prefix + key, value));
        if (target.equals("function")) {
            properties.put(prefix + "format", "plain");
        }
        return properties;
    }

    private Delays loop(String operation) {
        return measure(operation, topic -> {
            Child child = Child.start(
                    BareLoop.class,
                    directory.resolve("loop.log"),
                    JVM_OPTIONS,
                    "brokers=" + broker.bootstrapServers(),
                    "topic=" + topic,
                    "endpoint=" + aws.endpoint(),
                    "operation=" + operation);
            child.awaitReady();
            return child;
        });
    }

    private Delays measure(String name, Carrier carrier) {
        String topic = name + "-" + System.nanoTime();
        broker.createTopic(topic, PARTITIONS);
        try (SteadyProducer producer = new SteadyProducer(broker.bootstrapServers(), topic, PARTITIONS)) {
            AutoCloseable carrying = carrier.start(topic);
            try {
                return measure(producer);
            } finally {
                carrying.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("No latency could be measured: " + name, e);
        }
    }

    private Delays measure(SteadyProducer producer) throws ExecutionException, InterruptedException {
        producer.send(PER_SECOND, warmUpSeconds, BYTES);
        Delays measured = new Delays(System.nanoTime());
        delays = measured;
        awaitCount(measured, producer.send(PER_SECOND, seconds, BYTES));
        return measured;
    }

    private static void awaitCount(Delays delays, long count) {
        long end = System.nanoTime() + LONGEST_NANOS;
        while (delays.count() < count) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(delays.count() + " of " + count + " records arrived");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        aws.close();
        broker.close();
    }
}
