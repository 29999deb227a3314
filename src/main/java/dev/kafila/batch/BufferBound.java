package dev.kafila.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps what a member buffers below {@code bufferBytes}: each lane has an equal share of what the client's own fetches leave, and a lane
 * over its share is paused at the broker, as is one that is a batch and a fetch ahead. An empty lane always takes one record. Only the
 * poll thread uses it.
 */
final class BufferBound {
    private final Consumer<?, ?> client;
    private final BatchOptions options;
    private final long partitionFetchBytes;
    private final Set<TopicPartition> paused = new HashSet<>();
    private long share = Long.MAX_VALUE;

    BufferBound(Consumer<?, ?> client, BatchOptions options, long partitionFetchBytes) {
        this.client = client;
        this.options = options;
        this.partitionFetchBytes = partitionFetchBytes;
    }

    /** To be called whenever the assignment changes. */
    void divide(Set<TopicPartition> partitions) {
        paused.retainAll(partitions);
        int lanes = partitions.size();
        // Of each partition the client may hold one fetch, and one more may arrive after the lane was found to have
        // room.
        long fetched = Math.min(options.bufferBytes() / 2, 2 * partitionFetchBytes * lanes);
        share = lanes == 0 ? Long.MAX_VALUE : Math.max(1, (options.bufferBytes() - fetched) / lanes);
    }

    boolean isFull(Lane lane) {
        return lane.bytes() >= share;
    }

    /**
     * Takes of what was polled as much as the lane has room for. What was compressed may be many times the size of a fetch: the rest is
     * polled again later.
     */
    void admit(Lane lane, List<ConsumerRecord<byte[], byte[]>> polled, long now) {
        long room = share == Long.MAX_VALUE ? share : share + partitionFetchBytes - lane.bytes();
        List<BufferedRecord> taken = new ArrayList<>(polled.size());
        long bytes = 0;
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            BufferedRecord next = BufferedRecord.of(record);
            bytes += next.bytes();
            boolean only = taken.isEmpty() && lane.bytes() == 0;
            if (bytes > room && !only) {
                client.seek(lane.partition(), record.offset());
                break;
            }
            taken.add(next);
        }
        if (!taken.isEmpty()) {
            lane.add(taken, now);
        }
    }

    /** Pauses lanes that are full or stopped and resumes those that have room again. */
    void apply(Collection<Lane> lanes) {
        Set<TopicPartition> pause = new HashSet<>();
        Set<TopicPartition> resume = new HashSet<>();
        for (Lane lane : lanes) {
            boolean isPaused = paused.contains(lane.partition());
            if (!isPaused && (lane.stopReason() != null || hasEnough(lane))) {
                pause.add(lane.partition());
            } else if (isPaused && lane.stopReason() == null && wantsMore(lane)) {
                resume.add(lane.partition());
            }
        }
        if (!pause.isEmpty()) {
            client.pause(pause);
            paused.addAll(pause);
        }
        if (!resume.isEmpty()) {
            client.resume(resume);
            paused.removeAll(resume);
        }
    }

    /** More than this would only be kept: the client has the next fetch already. */
    private boolean hasEnough(Lane lane) {
        return isFull(lane) || (lane.hasWholeBatch(options) && lane.bytes() >= ahead());
    }

    /** A lane without a whole batch takes more up to its share: paused, it would linger for what it cannot get. */
    private boolean wantsMore(Lane lane) {
        return !isFull(lane) && (!lane.hasWholeBatch(options) || lane.bytes() <= ahead() / 2);
    }

    private long ahead() {
        return Math.min(share, partitionFetchBytes);
    }
}
