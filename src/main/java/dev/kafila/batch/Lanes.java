package dev.kafila.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partitions of one member: takes in what was polled, hands out batches and takes back how they ended. Only the poll thread uses it. */
final class Lanes {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    private final Map<TopicPartition, Lane> lanes = new LinkedHashMap<>();
    private final BatchOptions options;
    private final Failures failures;
    private final Deliverer deliverer;
    private final Executor pool;
    private final Events events;

    /** @param pool where batches are delivered */
    Lanes(BatchOptions options, Failures failures, Deliverer deliverer, Executor pool, Events events) {
        this.options = options;
        this.failures = failures;
        this.deliverer = deliverer;
        this.pool = pool;
        this.events = events;
    }

    void open(Lane lane) {
        lanes.put(lane.partition(), lane);
    }

    Lane get(TopicPartition partition) {
        return lanes.get(partition);
    }

    Set<TopicPartition> partitions() {
        return lanes.keySet();
    }

    Collection<Lane> all() {
        return lanes.values();
    }

    List<Lane> of(Collection<TopicPartition> partitions) {
        return partitions.stream().filter(lanes::containsKey).map(lanes::get).toList();
    }

    void add(ConsumerRecords<byte[], byte[]> records, BufferBound bound) {
        long now = System.nanoTime();
        for (TopicPartition partition : records.partitions()) {
            bound.admit(lanes.get(partition), records.records(partition), now);
        }
    }

    /** Hands out every batch that is due and returns when the next will be, in {@link System#nanoTime} terms. */
    long handOut(BufferBound bound) {
        long next = Long.MAX_VALUE;
        long now = System.nanoTime();
        for (Lane lane : lanes.values()) {
            long due = lane.dueAt(options, bound.isFull(lane));
            if (due == Long.MAX_VALUE) {
                continue;
            }
            if (due - now <= 0) {
                handOut(lane);
            } else if (next == Long.MAX_VALUE || due - next < 0) {
                next = due;
            }
        }
        return next;
    }

    private void handOut(Lane lane) {
        Lease lease = new Lease(pool, () -> events.post(() -> {}));
        RecordBatch batch = lane.handOut(options, lease);
        deliverer.deliver(
                batch, lease, lane.pending(), delivery -> events.post(() -> end(lane, lease, batch, delivery)));
    }

    private void end(Lane lane, Lease lease, RecordBatch batch, Delivery delivery) {
        if (lane.lease() != lease) {
            LOG.debug("{} ended after its partition was taken away: nothing is committed", batch.coordinates());
            return;
        }
        if (delivery.failure() == null) {
            if (lane.stopReason() != null) {
                LOG.info("{} goes on: {} was delivered", lane.partition(), batch.coordinates());
            }
            lane.settle(delivery.outcomes());
            return;
        }
        lane.fail(delivery.pending());
        if (lease.isLive()) {
            failures.decide(lane, batch, delivery.failure());
        }
    }

    void expire(Lane lane, long from, long to) {
        lane.account().expired(to - from);
        failures.gap(
                lane,
                "records %d to %d of %s were deleted before they were consumed (retention)"
                        .formatted(from, to - 1, lane.partition()),
                to);
    }

    void truncated(Lane lane, long from, long to) {
        failures.gap(
                lane,
                "%s ends before offset %d, where this group was: the topic was made anew or lost records"
                        .formatted(lane.partition(), from),
                to);
    }

    /** From now on nothing of these lanes is retried, dropped or dead-lettered; calls that are out may finish. */
    static void endLeases(Collection<Lane> some) {
        for (Lane lane : some) {
            if (lane.lease() != null) {
                lane.lease().end();
            }
        }
    }

    static boolean anyCallOut(Collection<Lane> some) {
        return some.stream()
                .anyMatch(lane -> lane.lease() != null && lane.lease().mayHaveCallOut());
    }

    void forget(Collection<Lane> some) {
        for (Lane lane : new ArrayList<>(some)) {
            lane.abandon();
            lanes.remove(lane.partition());
        }
    }

    /** Delivers a batch through the route, on another thread. */
    interface Deliverer {
        /**
         * Starts the delivery and returns at once.
         *
         * @param pending what an earlier delivery of the same batch left; may be null
         * @param end     called once, on any thread
         */
        void deliver(RecordBatch batch, Lease lease, Object pending, Consumer<Delivery> end);
    }
}
