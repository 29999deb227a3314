package dev.kafila.bench;

import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records one by one, evenly spread over time and partitions, each with the time when it was sent. */
final class SteadyProducer implements AutoCloseable {
    private static final long SECOND = 1_000_000_000L;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final int partitions;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private long sent;

    SteadyProducer(String brokers, String topic, int partitions) {
        this.topic = topic;
        this.partitions = partitions;
        // Nothing waits for company.
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Returns when that many seconds are over, and how many records were sent in them. */
    long send(int perSecond, int seconds, int bytes) {
        long begin = System.nanoTime();
        int count = perSecond * seconds;
        for (int record = 0; record < count; record++) {
            awaitTime(begin + record * SECOND / perSecond);
            int partition = (int) (sent++ % partitions);
            byte[] value = Delays.value(System.nanoTime(), bytes);
            Future<RecordMetadata> unused = producer.send(
                    new ProducerRecord<>(topic, partition, null, value),
                    (metadata, e) -> failure.compareAndSet(null, e));
        }
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("A record was not written", failure.get());
        }
        return count;
    }

    private static void awaitTime(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
