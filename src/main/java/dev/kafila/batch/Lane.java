package dev.kafila.batch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What one partition has buffered, has out and has settled. Only the poll thread touches it. */
final class Lane {
    private final TopicPartition partition;
    private final Ledger.Account account;
    private final Deque<BufferedRecord> buffer = new ArrayDeque<>();
    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    private long bufferedBytes;

    private RecordBatch batch;
    private Object pending;
    private Lease lease;
    /** Of the batch, from a lease that is over; null: nothing. */
    private Lease.Settled beginning;

    private int failures;

    private long retryAt;
    private String stopReason;
    private String gap;
    private boolean probed;

    private long settled;
    private long committed;

    /** @param position offset of the next record to consume, which is committed */
    Lane(TopicPartition partition, Ledger.Account account, long position) {
        this.partition = partition;
        this.account = account;
        this.settled = position;
        this.committed = position;
    }

    TopicPartition partition() {
        return partition;
    }

    Ledger.Account account() {
        return account;
    }

    void add(List<BufferedRecord> records, long now) {
        for (BufferedRecord buffered : records) {
            buffer.add(buffered);
            bufferedBytes += buffered.bytes();
        }
        account.polled(records.size());
        arrivals.add(new Arrival(records.get(records.size() - 1).record().offset(), now));
    }

    /** Bytes of what is buffered and out. */
    long bytes() {
        return bufferedBytes + (batch == null ? 0 : batch.bytes());
    }

    /** Whether as much is buffered as a batch may hold. */
    boolean hasWholeBatch(BatchOptions options) {
        return buffer.size() >= options.batchSize() || bufferedBytes >= options.batchBytes();
    }

    /** When a batch may be handed out, in {@link System#nanoTime} terms; {@link Long#MAX_VALUE} if something else must happen first. */
    long dueAt(BatchOptions options, boolean full) {
        if (lease != null || settled != committed) {
            return Long.MAX_VALUE;
        }
        if (gap != null) {
            return Long.MAX_VALUE;
        }
        if (stopReason != null) {
            return probed && batch != null ? retryAt : Long.MAX_VALUE;
        }
        if (batch != null) {
            return retryAt;
        }
        if (buffer.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (full || hasWholeBatch(options)) {
            return arrivals.peek().nanos();
        }
        return arrivals.peek().nanos() + options.linger().toNanos();
    }

    /** Takes the next batch, or the one that failed, under the lease. */
    RecordBatch handOut(BatchOptions options, Lease newLease) {
        lease = newLease;
        if (batch == null) {
            batch = cut(options);
            account.handedOut(batch.size());
        }
        return batch;
    }

    private RecordBatch cut(BatchOptions options) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(Math.min(options.batchSize(), buffer.size()));
        long bytes = 0;
        while (records.size() < options.batchSize() && !buffer.isEmpty()) {
            BufferedRecord next = buffer.peek();
            if (!records.isEmpty() && bytes + next.bytes() > options.batchBytes()) {
                break;
            }
            bytes += next.bytes();
            records.add(buffer.poll().record());
        }
        bufferedBytes -= bytes;
        long last = records.get(records.size() - 1).offset();
        while (!arrivals.isEmpty() && arrivals.peek().lastOffset() <= last) {
            arrivals.poll();
        }
        return new RecordBatch(partition.topic(), partition.partition(), records, bytes);
    }

    void settle(Outcomes outcomes) {
        account.settled(outcomes);
        settled = batch.lastOffset() + 1;
        batch = null;
        pending = null;
        lease = null;
        beginning = null;
        failures = 0;
        stopReason = null;
    }

    /** Settles what is done of a batch that will not be done here, as its partition goes. */
    void settleBeginning() {
        keepBeginning();
        if (batch != null && beginning != null) {
            account.settled(beginning.outcomes());
            account.abandoned(batch.size() - beginning.outcomes().total());
            settled = beginning.before();
            batch = null;
        }
    }

    private void keepBeginning() {
        if (lease != null && lease.settled() != null) {
            beginning = lease.settled();
        }
    }

    /** Keeps the batch and what the route left of it for another try. */
    void fail(Object left) {
        pending = left;
        keepBeginning();
        lease = null;
        failures++;
    }

    void retryAfter(Duration delay, long now) {
        stopReason = null;
        retryAt = now + delay.toNanos();
    }

    /** @param probeAfter when the lane is to be tried again by itself, or null for never */
    void stop(String reason, Duration probeAfter, long now) {
        stopReason = reason;
        probed = probeAfter != null;
        retryAt = probed ? now + probeAfter.toNanos() : Long.MAX_VALUE;
    }

    /** Records after those that were consumed are gone: stops until it is resumed, whatever becomes of the batch that is out. */
    void stopAtGap(String reason) {
        gap = reason;
    }

    void resume(long now) {
        stopReason = null;
        gap = null;
        retryAt = now;
    }

    /** Forgets everything; the records will be consumed again by whoever owns the partition next. */
    void abandon() {
        if (batch != null) {
            account.abandoned(batch.size());
        }
        account.left();
        batch = null;
        lease = null;
        buffer.clear();
    }

    Object pending() {
        return pending;
    }

    int failures() {
        return failures;
    }

    /** Null unless a batch is out. */
    Lease lease() {
        return lease;
    }

    /** Null while the lane goes on. */
    String stopReason() {
        return gap == null ? stopReason : gap;
    }

    long settled() {
        return settled;
    }

    long committed() {
        return committed;
    }

    /** Whether everything that was polled of the partition is settled, and more may be. */
    boolean isIdle() {
        return batch == null && buffer.isEmpty() && stopReason() == null;
    }

    /** The client has passed offsets of an idle lane that hold no record: transaction markers and aborted records. */
    void pass(long position) {
        settled = Math.max(settled, position);
    }

    boolean needsCommit() {
        return settled > committed;
    }

    void committed(long offset) {
        if (offset > committed) {
            account.committed(offset - committed);
            committed = offset;
        }
    }

    private record Arrival(long lastOffset, long nanos) {}
}
