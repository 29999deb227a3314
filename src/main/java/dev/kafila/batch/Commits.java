package dev.kafila.batch;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what lanes have settled. What is to be committed is always read from the lanes, so a commit that failed and is tried again can never
 * put back an older offset. Only the poll thread uses it.
 */
final class Commits {
    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);
    private static final Duration SYNC_TIMEOUT = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> client;
    private boolean out;
    private long notBefore = System.nanoTime();

    Commits(Consumer<byte[], byte[]> client) {
        this.client = client;
    }

    /**
     * Sends one commit for all lanes that settled something, unless one is out: a broker answers one request of a connection after
     * another, so that a commit for each lane would make every lane wait for those of the others. The acknowledgement comes during a
     * poll, maybe while a rebalance is under way.
     */
    void async(Collection<Lane> lanes, String metadata, Runnable onAcknowledged) {
        if (out || System.nanoTime() - notBefore < 0) {
            return;
        }
        List<Lane> committing = lanes.stream().filter(Lane::needsCommit).toList();
        if (committing.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> offsets = settled(committing);
        out = true;
        client.commitAsync(withMetadata(offsets, metadata), (acknowledged, failure) -> {
            out = false;
            if (failure == null) {
                acknowledge(committing, offsets);
                onAcknowledged.run();
            } else {
                notBefore = System.nanoTime() + PAUSE_AFTER_FAILURE.toNanos();
                log(failure);
            }
        });
    }

    /** The next try reads the lanes again; lanes that wait for their commit hand out nothing meanwhile. */
    private static void log(Exception failure) {
        if (failure instanceof RetriableException || failure instanceof RebalanceInProgressException) {
            LOG.debug("A commit will be tried again: {}", failure.toString());
        } else {
            LOG.warn("A commit failed, its records may be delivered again: {}", failure.toString());
        }
    }

    /** Commits what the lanes settled before their partitions go. A failure costs duplicates, not records. */
    void sync(Collection<Lane> lanes, String metadata) {
        Map<TopicPartition, Long> offsets = settled(lanes);
        try {
            sync(client, offsets, metadata);
            acknowledge(lanes, offsets);
        } catch (KafkaException e) {
            LOG.warn("The last commit of {} failed, its records will be delivered again: {}", offsets, e.toString());
        }
    }

    static void sync(Consumer<byte[], byte[]> client, Map<TopicPartition, Long> offsets, String metadata) {
        if (!offsets.isEmpty()) {
            Events.unwoken(() -> client.commitSync(withMetadata(offsets, metadata), SYNC_TIMEOUT));
        }
    }

    private static Map<TopicPartition, Long> settled(Collection<Lane> lanes) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (Lane lane : lanes) {
            if (lane.needsCommit()) {
                offsets.put(lane.partition(), lane.settled());
            }
        }
        return offsets;
    }

    private static void acknowledge(Collection<Lane> lanes, Map<TopicPartition, Long> offsets) {
        for (Lane lane : lanes) {
            Long offset = offsets.get(lane.partition());
            if (offset != null) {
                lane.committed(offset);
            }
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> withMetadata(
            Map<TopicPartition, Long> offsets, String metadata) {
        Map<TopicPartition, OffsetAndMetadata> commit = new HashMap<>();
        offsets.forEach((partition, offset) -> commit.put(partition, new OffsetAndMetadata(offset, metadata)));
        return commit;
    }
}
