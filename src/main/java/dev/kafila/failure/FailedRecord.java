package dev.kafila.failure;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that failed for good and waits for its dead letter.
 *
 * @param attempts     requests on the wire that held this record; 0 if it could not be formatted
 * @param firstFailure of the requests
 * @param lastFailure  of the requests
 */
public record FailedRecord(
        ConsumerRecord<byte[], byte[]> record,
        Failure failure,
        int attempts,
        Instant firstFailure,
        Instant lastFailure) {}
