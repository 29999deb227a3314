package dev.kafila.faults.proof;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes a workload to its topic at a steady rate, each partition in the order of its numbers, over outages of the broker too. */
final class Orders implements AutoCloseable {
    static final String TOPIC = "orders";

    /** Of an oversize record's value; what the flows take for a request is less. */
    static final int OVERSIZE_BYTES = 200_000;

    private static final String NOTE = "n".repeat(70);
    private static final String LONG_NOTE = "n".repeat(OVERSIZE_BYTES);
    private static final long TICK_NANOS = Duration.ofMillis(5).toNanos();
    private static final Duration YEARS = Duration.ofDays(3 * 365);

    private final Workload workload;
    private final int rate;
    private final Producer<byte[], byte[]> producer;
    private final AtomicReference<String> problem = new AtomicReference<>();
    private volatile boolean skewed;

    Orders(String brokers, Workload workload, int rate) {
        this.workload = workload;
        this.rate = rate;
        // Every record is written in the end, and once: a record that is given up would leave a gap in the numbers.
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "enable.idempotence",
                        true,
                        "delivery.timeout.ms",
                        Integer.MAX_VALUE,
                        "max.block.ms",
                        Integer.MAX_VALUE,
                        "linger.ms",
                        5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Whether clocks are years off from now on: ahead in some partitions, behind in the others. */
    void skew(boolean on) {
        skewed = on;
    }

    /** Returns when every record is acknowledged at the offset that is its number. */
    void write() {
        long start = System.nanoTime();
        long sent = 0;
        while (sent < workload.total()) {
            long due = (long) ((System.nanoTime() - start) / 1e9 * rate);
            for (; sent < Math.min(due, workload.total()); sent++) {
                send(new RecordId((int) (sent % workload.partitions()), (int) (sent / workload.partitions())));
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
        producer.flush();
        if (problem.get() != null) {
            throw new IllegalStateException("The workload is not what it should be: " + problem.get());
        }
    }

    private void send(RecordId id) {
        byte[] key = id.toString().getBytes(StandardCharsets.UTF_8);
        byte[] value = value(id).getBytes(StandardCharsets.UTF_8);
        var unused = producer.send(
                new ProducerRecord<>(TOPIC, id.partition(), timestamp(id), key, value), (metadata, failure) -> {
                    if (failure != null || metadata.offset() != id.number()) {
                        problem.compareAndSet(null, id + " is " + describe(metadata, failure));
                    }
                });
    }

    private static String describe(RecordMetadata metadata, Exception failure) {
        return failure == null ? "at offset " + metadata.offset() : "lost: " + failure;
    }

    private Long timestamp(RecordId id) {
        Instant now = Instant.now();
        if (!skewed) {
            return now.toEpochMilli();
        }
        return (id.partition() % 2 == 0 ? now.plus(YEARS) : now.minus(YEARS)).toEpochMilli();
    }

    private String value(RecordId id) {
        return switch (workload.kind(id)) {
            case GOOD -> json(id, NOTE);
            case POISON -> "{\"number\":" + id.number() + ",";
            case OVERSIZE -> json(id, LONG_NOTE);
        };
    }

    private static String json(RecordId id, String note) {
        return "{\"number\":" + id.number() + ",\"note\":\"" + note + "\"}";
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
