package dev.kafila.batch;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What a record counts against {@code batchBytes} and {@code bufferBytes}. */
final class RecordSize {
    /** The objects around a record's bytes, about: measured on a 64-bit JVM with compressed pointers. */
    private static final int OVERHEAD = 160;

    private static final int HEADER_OVERHEAD = 72;

    private RecordSize() {}

    /** Bytes of key, value and headers, and of the objects that hold them. */
    static long of(ConsumerRecord<byte[], byte[]> record) {
        long size =
                (long) OVERHEAD + Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
        // Not by their iterator: two objects a record, for as many records as there are.
        for (Header header : record.headers().toArray()) {
            size += HEADER_OVERHEAD + header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }
}
