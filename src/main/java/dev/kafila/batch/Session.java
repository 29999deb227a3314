package dev.kafila.batch;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of one client in the group: what it owns, from assignment to revocation. Only the poll thread uses it, but for what says otherwise. */
final class Session implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final Duration FOREVER = Duration.ofDays(1);
    /** A broker that can be reached has answered by then. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> client;
    private final BatchOptions options;
    private final Positions positions;
    private final Lanes lanes;
    private final BufferBound bound;
    private final Ownership ownership;
    private final Progress progress;
    private final Commits commits;
    private final Function<TopicPartition, Ledger.Account> accounts;
    private final Events events;

    private final Map<TopicPartition, String> stopped = new ConcurrentHashMap<>();
    private final long startedAt = System.nanoTime();
    private volatile long joinedAt;
    private volatile boolean joined;
    private volatile boolean known = true;
    private long nextDue = Long.MAX_VALUE;

    Session(
            Consumer<byte[], byte[]> client,
            BatchOptions options,
            Positions positions,
            Lanes lanes,
            BufferBound bound,
            Ownership ownership,
            Progress progress,
            Function<TopicPartition, Ledger.Account> accounts,
            Events events) {
        this.client = client;
        this.options = options;
        this.positions = positions;
        this.lanes = lanes;
        this.bound = bound;
        this.ownership = ownership;
        this.progress = progress;
        this.commits = new Commits(client);
        this.accounts = accounts;
        this.events = events;
    }

    boolean hasJoined() {
        return joined;
    }

    /** On any thread. */
    String problem() {
        if (!joined) {
            return "has not joined the group for "
                    + Duration.ofNanos(System.nanoTime() - startedAt).toSeconds() + " s";
        }
        return known ? null : "the group's coordinator has not answered for a session's time, nothing new is delivered";
    }

    /** Whether it has been in the group for longer than what is about to fail takes. On any thread. */
    boolean isStable() {
        return joined && System.nanoTime() - joinedAt > PATIENCE.toNanos();
    }

    /** Whether no broker, or no coordinator of the group, answers. On any thread. */
    boolean isSilent() {
        return joined ? !known : System.nanoTime() - startedAt > PATIENCE.toNanos() && !ownership.isConnected();
    }

    /** Looks how far it is. */
    void look() {
        progress.look(lanes.all());
    }

    /** On any thread. */
    Map<TopicPartition, String> stoppedPartitions() {
        return Map.copyOf(stopped);
    }

    void resume(TopicPartition partition) {
        Lane lane = lanes.get(partition);
        if (lane != null && lane.stopReason() != null) {
            LOG.info("{} is resumed at offset {}", partition, lane.settled());
            lane.resume(System.nanoTime());
        }
    }

    /** Commits, hands out, pauses and resumes; returns how long nothing more is to be done if nothing happens. */
    Duration advance() {
        // Not handed out in the acknowledgement itself: that may come while a rebalance commits.
        commits.async(lanes.all(), positions.metadata(), () -> events.post(() -> {}));
        handOut();
        bound.apply(lanes.all());
        publishStopped();
        return nextDue == Long.MAX_VALUE ? FOREVER : Duration.ofNanos(Math.max(0, nextDue - System.nanoTime()));
    }

    private void handOut() {
        known = ownership.isKnown();
        nextDue = known ? lanes.handOut(bound) : Long.MAX_VALUE;
    }

    private void publishStopped() {
        for (Lane lane : lanes.all()) {
            if (lane.stopReason() != null) {
                stopped.put(lane.partition(), lane.stopReason());
            } else {
                stopped.remove(lane.partition());
            }
        }
    }

    /** Takes in what a poll returned. */
    void add(ConsumerRecords<byte[], byte[]> records) {
        if (!records.isEmpty()) {
            lanes.add(records, bound);
        }
        lanes.all().stream().filter(Lane::isIdle).forEach(this::passWhatHoldsNoRecord);
    }

    /**
     * Without this the marker that ends a transaction would count as lag for ever, and as lost records once retention has deleted it.
     */
    private void passWhatHoldsNoRecord(Lane lane) {
        try {
            lane.pass(client.position(lane.partition(), Duration.ZERO));
        } catch (TimeoutException | WakeupException e) {
            LOG.trace("The position of {} is not known now", lane.partition());
        }
    }

    /** The broker does not have the offsets at which these partitions would go on. */
    void outOfRange(Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> beginnings = new HashMap<>();
        Events.unwoken(() -> beginnings.putAll(client.beginningOffsets(partitions)));
        for (TopicPartition partition : partitions) {
            long from = client.position(partition);
            long to = beginnings.get(partition);
            client.seek(partition, to);
            if (to > from) {
                lanes.expire(lanes.get(partition), from, to);
            } else {
                forget(lanes.of(List.of(partition)));
                open(partition, to);
                bound.divide(lanes.partitions());
                lanes.truncated(lanes.get(partition), from, to);
            }
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (!joined) {
            joinedAt = System.nanoTime();
            joined = true;
        }
        ownership.confirmed();
        if (!partitions.isEmpty()) {
            LOG.info("Assigned {}", partitions);
        }
        events.hush();
        Events.unwoken(() -> positions.resolve(partitions).forEach(this::open));
        bound.divide(lanes.partitions());
    }

    private void open(TopicPartition partition, long offset) {
        client.seek(partition, offset);
        lanes.open(new Lane(partition, accounts.apply(partition), offset));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            LOG.info("Revoked {}", partitions);
        }
        release(lanes.of(partitions));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        List<Lane> lost = lanes.of(partitions);
        if (!lost.isEmpty()) {
            LOG.warn("Lost {}: another member has them, what is out here is not committed", partitions);
        }
        forget(lost);
    }

    /** Lets calls that are out finish, within the drain timeout, commits what settled and forgets the rest. */
    void drain() {
        release(List.copyOf(lanes.all()));
    }

    private void release(List<Lane> some) {
        events.hush();
        Lanes.endLeases(some);
        events.runAll();
        long deadline = System.nanoTime() + options.drainTimeout().toNanos();
        while (Lanes.anyCallOut(some) && System.nanoTime() - deadline < 0) {
            events.await(Duration.ofNanos(deadline - System.nanoTime()));
        }
        // A call posts its end before it counts as returned.
        events.runAll();
        some.stream()
                .filter(lane -> lane.lease() != null && lane.lease().mayHaveCallOut())
                .forEach(lane -> LOG.warn(
                        "{} is given up with a call out after {}, its records will be delivered again",
                        lane.partition(),
                        options.drainTimeout()));
        some.forEach(Lane::settleBeginning);
        commits.sync(some, positions.metadata());
        forget(some);
    }

    void forgetAll() {
        forget(List.copyOf(lanes.all()));
    }

    private void forget(List<Lane> some) {
        Lanes.endLeases(some);
        lanes.forget(some);
        some.forEach(lane -> stopped.remove(lane.partition()));
        bound.divide(lanes.partitions());
    }
}
