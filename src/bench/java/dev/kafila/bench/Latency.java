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
    private static final String NAME = "bench";

    private final SandboxBroker broker = SandboxBroker.start();
    private final SandboxAws aws = SandboxAws.start();
    private final Path directory;
    private final List<String> jvmOptions;
    private final int warmUpSeconds;
    private final int seconds;
    private volatile Delays delays = new Delays(Long.MAX_VALUE);

    private Latency(Path directory, List<String> jvmOptions, boolean quick) {
        this.directory = directory;
        this.jvmOptions = jvmOptions;
        warmUpSeconds = quick ? 15 : 20;
        seconds = quick ? 10 : 30;
        aws.events().declareBus(NAME);
        aws.events().keepsAtMost(1);
        aws.events().onDelivery(put -> {
            long now = System.nanoTime();
            put.entries().forEach(entry -> delays.arrived(entry.detail(), now));
        });
        aws.function(NAME).keepsAtMost(1);
        aws.function(NAME).onDelivery(invocation -> delays.arrived(invocation.text(), System.nanoTime()));
    }

    /** What carries the records; it does until it is closed. */
    @FunctionalInterface
    private interface Carrier {
        AutoCloseable start(String topic);
    }

    /**
     * Returns its part of the report, in Markdown.
     *
     * @param directory  of the report, where processes log
     * @param jvmOptions of each process
     * @param quick      two and a half minutes instead of five
     */
    static String run(Path directory, List<String> jvmOptions, boolean quick) throws IOException {
        Path work = Files.createDirectories(directory.resolve("latency"));
        try (Latency latency = new Latency(work, jvmOptions, quick)) {
            // Producer, broker and endpoint are to be as warm for the first as for the last.
            latency.loop("invoke");
            List<DelayRow> rows = new ArrayList<>();
            rows.add(new DelayRow("Lambda", latency.kafila("lambda", "function"), latency.loop("invoke")));
            rows.add(new DelayRow("EventBridge", latency.kafila("eventbridge", "bus"), latency.loop("putevents")));
            return latency.introduction() + DelayRow.table(rows);
        }
    }

    private String introduction() {
        return """
                ## Latency

                %,d records/s of %d bytes over %d partitions with `linger=0`, from the producer's `send` to the whole request at the endpoint: %d s after %d s \
                of warming up, `java %s`. The bare loop polls, sends what it got in one request (ten to EventBridge) and commits. Wanted: less than 50 ms \
                added at p99.

                """.formatted(PER_SECOND, BYTES, PARTITIONS, seconds, warmUpSeconds, String.join(" ", jvmOptions));
    }

    private Delays.Figures kafila(String flow, String target) {
        return measure(flow, topic -> Instance.start(
                        directory.resolve(topic), properties(topic, "kafila." + flow + ".", target), jvmOptions)
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

    private Delays.Figures loop(String operation) {
        return measure(operation, topic -> {
            Child child = Child.start(
                    BareLoop.class,
                    directory.resolve("loop.log"),
                    jvmOptions,
                    "brokers=" + broker.bootstrapServers(),
                    "topic=" + topic,
                    "endpoint=" + aws.endpoint(),
                    "operation=" + operation);
            child.awaitReady();
            return child;
        });
    }

    private Delays.Figures measure(String name, Carrier carrier) {
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

    private Delays.Figures measure(SteadyProducer producer) throws ExecutionException, InterruptedException {
        producer.send(PER_SECOND, warmUpSeconds, BYTES);
        Delays measured = new Delays(System.nanoTime());
        delays = measured;
        awaitCount(measured, producer.send(PER_SECOND, seconds, BYTES));
        // Until the next measurement begins, what its carrier warms up with arrives here, too.
        return measured.figures();
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
