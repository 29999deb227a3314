package dev.kafila.format;

import dev.kafila.record.KafkaRecord;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.SchemaAndValue;

/**
 * Nordstrom's PlainPayloadFormatter: flat JSON with key and value as the Java text of Connect's value, null as {@code ""}. Bytes
 * are base64; the original wrote their identity and lost them.
 */
final class PlainFormatter implements RecordFormatter {
    private static final byte[] KEY = ascii("{\"key\":");
    private static final byte[] KEY_SCHEMA_NAME = ascii(",\"keySchemaName\":");
    private static final byte[] VALUE = ascii(",\"value\":");
    private static final byte[] VALUE_SCHEMA_NAME = ascii(",\"valueSchemaName\":");

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
    public boolean decodesHeaders() {
        return includeHeaders;
    }

    @Override
    public void begin(TopicPartition partition, PayloadBuffer out) {
        if (batch) {
            out.write('[');
        }
    }

    @Override
    public void write(KafkaRecord record, PayloadBuffer out) {
        out.write(KEY);
        text(record.key(), out);
        out.write(KEY_SCHEMA_NAME);
        schemaName(record.key(), out);
        out.write(VALUE);
        text(record.value(), out);
        out.write(VALUE_SCHEMA_NAME);
        schemaName(record.value(), out);
        FlatRecord.end(record, includeHeaders, out);
    }

    private static void text(SchemaAndValue data, PayloadBuffer out) {
        Object value = data.value();
        if (value instanceof byte[] bytes) {
            out.base64(bytes);
        } else {
            out.string(value == null ? "" : JavaText.of(value));
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
