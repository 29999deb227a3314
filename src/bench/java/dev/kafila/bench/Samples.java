package dev.kafila.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as a consumer hands them out: a short key, no headers, and JSON of a given size for a value. */
public final class Samples {
    /** The records of one invocation of a benchmark. */
    public static final int BATCH = 100;

    private static final String TOPIC = "orders";
    private static final long TIMESTAMP = 1_767_225_600_000L;

    private Samples() {}

    /** A batch of one partition, whose values have as many bytes. */
    public static List<ConsumerRecord<byte[], byte[]>> batch(int bytes) {
        return records(BATCH, bytes);
    }

    /** The first records of one partition, whose values have as many bytes. */
    public static List<ConsumerRecord<byte[], byte[]>> records(int count, int bytes) {
        return LongStream.range(0, count)
                .mapToObj(offset -> record(offset, bytes))
                .toList();
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, int bytes) {
        byte[] key = utf8("order-" + offset);
        byte[] value = value(offset, bytes);
        return new ConsumerRecord<>(
                TOPIC,
                0,
                offset,
                TIMESTAMP + offset,
                TimestampType.CREATE_TIME,
                key.length,
                value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    /** An object of JSON of as many bytes, filled up with fields as orders have them. */
    static byte[] value(long number, int bytes) {
        StringBuilder json = new StringBuilder(bytes).append("{\"id\":").append(number);
        String field = ",\"line\":{\"sku\":\"A-4711\",\"quantity\":3,\"price\":19.99,\"gift\":false}";
        String last = ",\"note\":\"";
        for (int line = 0; json.length() + field.length() + 8 + last.length() + 2 <= bytes; line++) {
            json.append(field.replace("line", "line" + line));
        }
        json.append(last);
        json.append("x".repeat(Math.max(0, bytes - json.length() - 2)));
        return utf8(json.append("\"}").toString());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
