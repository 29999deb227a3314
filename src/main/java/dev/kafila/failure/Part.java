package dev.kafila.failure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records that are delivered together, in order.
 *
 * @param records      of one partition
 * @param attempts     requests on the wire that held them and failed
 * @param firstFailure null before the first
 * @param lastFailure  null before the first
 * @param answer       the last to a request that held them; null if there was none
 * @param waits        how often in a row they waited for something that is no fault of theirs
 * @param notBefore    {@link System#nanoTime()} from which on they may be tried again; null: at once
 */
public record Part(
        List<ConsumerRecord<byte[], byte[]>> records,
        int attempts,
        Instant firstFailure,
        Instant lastFailure,
        Invocation answer,
        int waits,
        Long notBefore) {

    /** Records that were not tried yet. */
    public static Part untried(List<ConsumerRecord<byte[], byte[]>> records) {
        return new Part(records, 0, null, null, null, 0, null);
    }

    public int size() {
        return records.size();
    }

    /** The same records after one more failed request. */
    public Part failed(Instant now) {
        return new Part(records, attempts + 1, firstFailure == null ? now : firstFailure, now, answer, 0, null);
    }

    /** The same records when they have to wait and used up no attempt, such as when the first of them cannot be read for now. */
    public Part waited() {
        return new Part(records, attempts, firstFailure, lastFailure, answer, waits + 1, null);
    }

    /** The same records after an answer to a request that held them; null if there was none, which changes nothing. */
    public Part answered(Invocation last) {
        return last == null ? this : new Part(records, attempts, firstFailure, lastFailure, last, waits, notBefore);
    }

    /** The same records, to be tried again after a delay. */
    public Part after(Duration delay, long nanoTime) {
        return new Part(records, attempts, firstFailure, lastFailure, answer, waits, nanoTime + delay.toNanos());
    }

    /** The same records with all their attempts before them; when they failed is not forgotten. */
    public Part withFreshAttempts() {
        return new Part(records, 0, firstFailure, lastFailure, answer, 0, null);
    }

    /** Some of the records with the history of all. */
    public Part of(List<ConsumerRecord<byte[], byte[]>> some) {
        return new Part(some, attempts, firstFailure, lastFailure, answer, 0, null);
    }

    /** Those of the records that are left when others turned out not to be for anybody; nothing else has happened. */
    public Part only(List<ConsumerRecord<byte[], byte[]>> some) {
        return new Part(some, attempts, firstFailure, lastFailure, answer, waits, null);
    }

    /** How long the records still have to wait; zero or less: not at all. */
    public Duration timeLeft(long nanoTime) {
        return notBefore == null ? Duration.ZERO : Duration.ofNanos(notBefore - nanoTime);
    }

    /** This part's place for messages and logs, {@code orders-0@7..31}. */
    public String coordinates() {
        ConsumerRecord<?, ?> first = records.get(0);
        long last = records.get(records.size() - 1).offset();
        String start = first.topic() + "-" + first.partition() + "@" + first.offset();
        return last == first.offset() ? start : start + ".." + last;
    }
}
