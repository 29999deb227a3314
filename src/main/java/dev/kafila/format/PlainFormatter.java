package dev.kafila.format;

import dev.kafila.record.KafkaRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.SchemaAndValue;

/**
 * Nordstrom's PlainPayloadFormatter: flat JSON with key and value as the Java text of Connect's value, null as {@code ""}. Bytes
 * are base64; the original wrote their identity and lost them.
 */
final class PlainFormatter implements RecordFormatter {
    // The order of the members is part of the contract.
    private static final byte[] KEY = ascii("{\"key\":");
    private static final byte[] KEY_SCHEMA_NAME = ascii(",\"keySchemaName\":");
    private static final byte[] VALUE = ascii(",\"value\":");
    private static final byte[] VALUE_SCHEMA_NAME = ascii(",\"valueSchemaName\":");
    private static final byte[] TOPIC = ascii(",\"topic\":");
    private static final byte[] PARTITION = ascii(",\"partition\":");
    private static final byte[] OFFSET = ascii(",\"offset\":");
    private static final byte[] TIMESTAMP = ascii(",\"timestamp\":");
    private static final byte[] TIMESTAMP_TYPE_NAME = ascii(",\"timestampTypeName\":");
    private static final byte[] HEADERS = ascii(",\"headers\":");

    private final boolean batch;
    private final boolean includeHeaders;

    PlainFormatter(FormatOptions options) {
        batch = options.batch();
        includeHeaders = options.includeHeaders();
    }

    @Override
    public boolean decodes() {
        return true;
    }

    @Override
    public void begin(TopicPartition partition, PayloadBuffer out) {
        if (batch) {
            out.write('[');
        }
    }

    @Override
    public void write(KafkaRecord record, PayloadBuffer out) {
        ConsumerRecord<byte[], byte[]> source = record.source();
        boolean timeless = source.timestampType() == TimestampType.NO_TIMESTAMP_TYPE;
        out.write(KEY);
        text(record.key(), out);
        out.write(KEY_SCHEMA_NAME);
        schemaName(record.key(), out);
        out.write(VALUE);
        text(record.value(), out);
        out.write(VALUE_SCHEMA_NAME);
        schemaName(record.value(), out);
        out.write(TOPIC);
        out.string(source.topic());
        out.write(PARTITION);
        out.number(source.partition());
        out.write(OFFSET);
        out.number(source.offset());
        out.write(TIMESTAMP);
        out.number(timeless ? 0 : source.timestamp());
        out.write(TIMESTAMP_TYPE_NAME);
        out.string(source.timestampType().name);
        if (includeHeaders) {
            out.write(HEADERS);
            HeaderText.write(record, out);
        }
        out.write('}');
    }

    private static void text(SchemaAndValue data, PayloadBuffer out) {
        Object value = data.value();
        if (value == null) {
            out.string("");
        } else if (value instanceof byte[] bytes) {
            out.base64(bytes);
        } else if (value instanceof ByteBuffer buffer) {
            out.base64(buffer);
        } else {
            out.string(String.valueOf(value));
        }
    }

    private static void schemaName(SchemaAndValue data, PayloadBuffer out) {
        String name = data.schema() == null ? null : data.schema().name();
        if (name == null) {
            out.nullValue();
        } else {
            out.string(name);
        }
    }

    @Override
    public void end(PayloadBuffer out) {
        if (batch) {
            out.write(']');
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
