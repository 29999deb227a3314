package dev.kafila.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as tests need them, of {@code orders-0} at a fixed time. */
public final class TestRecords {
    public static final long TIME = 1545084650987L;

    private TestRecords() {}

    public static ConsumerRecord<byte[], byte[]> record(long offset, String key, String value) {
        return record(offset, utf8(key), utf8(value), new RecordHeaders());
    }

    public static ConsumerRecord<byte[], byte[]> record(long offset, byte[] key, byte[] value, Headers headers) {
        return record("orders", 0, offset, TimestampType.CREATE_TIME, key, value, headers);
    }

    public static ConsumerRecord<byte[], byte[]> record(
            String topic, int partition, long offset, TimestampType type, byte[] key, byte[] value, Headers headers) {
        return new ConsumerRecord<>(
                topic,
                partition,
                offset,
                type == TimestampType.NO_TIMESTAMP_TYPE ? ConsumerRecord.NO_TIMESTAMP : TIME,
                type,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                headers,
                Optional.empty());
    }

    /** Records with the given values at increasing offsets from 0. */
    public static List<ConsumerRecord<byte[], byte[]>> records(String... values) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (String value : values) {
            records.add(record(records.size(), "k" + records.size(), value));
        }
        return records;
    }

    public static byte[] utf8(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
