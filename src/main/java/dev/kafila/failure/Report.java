package dev.kafila.failure;

import dev.kafila.batch.Outcomes;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What has to be written about a record before it counts. */
public sealed interface Report {

    /** What counts once the report is acknowledged. */
    Outcomes outcomes();

    /** The record that it is about, as it was consumed. */
    ConsumerRecord<byte[], byte[]> source();

    /**
     * What a function answered for a record.
     *
     * @param result JSON, as it came
     */
    record Answered(ConsumerRecord<byte[], byte[]> record, String result, Outcomes outcomes) implements Report {
        @Override
        public ConsumerRecord<byte[], byte[]> source() {
            return record;
        }
    }

    /** A record was given up. */
    record GivenUp(FailedRecord failed, Outcomes outcomes) implements Report {
        @Override
        public ConsumerRecord<byte[], byte[]> source() {
            return failed.record();
        }
    }
}
