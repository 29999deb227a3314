package dev.kafila.batch;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record in a lane, weighed once.
 *
 * @param bytes by {@link RecordSize}
 */
record BufferedRecord(ConsumerRecord<byte[], byte[]> record, long bytes) {

    static BufferedRecord of(ConsumerRecord<byte[], byte[]> record) {
        return new BufferedRecord(record, RecordSize.of(record));
    }
}
