package dev.kafila.failure;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that failed for good and waits for its dead letter.
 *
 * @param attempts     requests on the wire that held this record; 0 if it could not be formatted
 * @param firstFailure of the requests
 * @param lastFailure  of the requests
 * @param answer       to the last of them; null if there was none
 * @param together     offset of the first of the records that failed together with it, as one part of their batch
 */
public record FailedRecord(
        ConsumerRecord<byte[], byte[]> record,
        Failure failure,
        int attempts,
        Instant firstFailure,
        Instant lastFailure,
        Invocation answer,
        long together) {

    /** A record that failed alone and got no answer. */
    public FailedRecord(
            ConsumerRecord<byte[], byte[]> record,
            Failure failure,
            int attempts,
            Instant firstFailure,
            Instant lastFailure) {
        this(record, failure, attempts, firstFailure, lastFailure, null, record.offset());
    }
}
