package dev.kafila.format;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Timestamps as every form writes them. */
final class Timestamps {
    private Timestamps() {}

    /** Milliseconds since 1970; 0 for a record that has none. */
    static long written(long timestamp) {
        return timestamp == ConsumerRecord.NO_TIMESTAMP ? 0 : timestamp;
    }
}
