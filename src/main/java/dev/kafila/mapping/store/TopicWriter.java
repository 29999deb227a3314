package dev.kafila.mapping.store;

import dev.kafila.mapping.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the topic, in the order of the calls, and not for longer than {@link StoreClients#LONGEST}. Thread-safe. */
final class TopicWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWriter.class);

    private final StoreClients clients;
    private final TopicPartition partition;
    private Producer<byte[], byte[]> producer;

    TopicWriter(StoreClients clients, TopicPartition partition) {
        this.clients = clients;
        this.partition = partition;
    }

    /**
     * Returns when all replicas have the records.
     *
     * @return the offset after the last one
     * @throws StoreUnavailableException if they may or may not have been written
     */
    long write(List<Write> records) {
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Write record : records) {
                sent.add(send(record.key(), record.value()));
            }
            long last = -1;
            for (Future<RecordMetadata> answer : sent) {
                last = answer.get(2 * StoreClients.LONGEST.toMillis(), TimeUnit.MILLISECONDS)
                        .offset();
            }
            return last + 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        } catch (ExecutionException e) {
            throw unavailable(e.getCause());
        } catch (KafkaException | TimeoutException e) {
            throw unavailable(e);
        }
    }

    /** Tries to delete keys, and does not wait for it: the owner of the partition deletes what is left over. */
    void tryToDelete(List<? extends StoreKey> keys) {
        try {
            List<Future<RecordMetadata>> unwatched = new ArrayList<>();
            keys.forEach(key -> unwatched.add(send(key, null)));
            LOG.debug("Deleting {} leftovers of {}", unwatched.size(), partition);
        } catch (KafkaException e) {
            LOG.debug("Leftovers of {} are left to the owner of the partition", partition, e);
        }
    }

    private Future<RecordMetadata> send(StoreKey key, String json) {
        byte[] value = json == null ? null : json.getBytes(StandardCharsets.UTF_8);
        return producer().send(new ProducerRecord<>(partition.topic(), partition.partition(), key.bytes(), value));
    }

    private StoreUnavailableException unavailable(Throwable cause) {
        return new StoreUnavailableException(
                "Topic " + partition.topic() + ", where event source mappings live, cannot be written now: "
                        + cause.getMessage() + ". Look what is there before you try again: the change may still arrive",
                cause);
    }

    private synchronized Producer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = clients.producer();
        }
        return producer;
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(StoreClients.LONGEST);
            producer = null;
        }
    }
}
