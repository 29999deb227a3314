package dev.kafila.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records one by one, evenly spread over time and partitions, each with the time when it was sent. */
final class SteadyProducer implements AutoCloseable {
    private static final long SECOND = 1_000_000_000L;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final int partitions;
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

    /**
     * Returns when that many seconds are over, and how many records were sent in them.
     *
     * @throws ExecutionException if one of them was not written
     */
    int send(int perSecond, int seconds, int bytes) throws ExecutionException, InterruptedException {
        long begin = System.nanoTime();
        List<Future<?>> records = new ArrayList<>();
        for (int record = 0; record < perSecond * seconds; record++) {
            awaitTime(begin + record * SECOND / perSecond);
            int partition = (int) (sent++ % partitions);
            byte[] value = Delays.value(System.nanoTime(), bytes);
            records.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
        }
        for (Future<?> record : records) {
            record.get();
        }
        return records.size();
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
