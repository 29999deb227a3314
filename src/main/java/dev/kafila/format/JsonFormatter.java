package dev.kafila.format;

import dev.kafila.record.KafkaRecord;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;

/** Nordstrom's JsonPayloadFormatter: flat JSON with key and value as JSON, and as much of their schemas as is wanted. */
final class JsonFormatter implements RecordFormatter {
    private static final byte[] KEY = ascii("{\"key\":");
    private static final byte[] KEY_SCHEMA_NAME = ascii(",\"keySchemaName\":");
    private static final byte[] KEY_SCHEMA_VERSION = ascii(",\"keySchemaVersion\":");
    private static final byte[] VALUE = ascii(",\"value\":");
    private static final byte[] VALUE_SCHEMA_NAME = ascii(",\"valueSchemaName\":");
    private static final byte[] VALUE_SCHEMA_VERSION = ascii(",\"valueSchemaVersion\":");
    private static final byte[] SCHEMA = ascii("{\"schema\":");
    private static final byte[] PAYLOAD = ascii(",\"payload\":");

    private final boolean batch;
    private final boolean includeHeaders;
    private final SchemaVisibility keySchema;
    private final SchemaVisibility valueSchema;
    private final SchemaJson schemas = new SchemaJson();

    JsonFormatter(FormatOptions options) {
        batch = options.batch();
        includeHeaders = options.includeHeaders();
        keySchema = options.keySchema();
        valueSchema = options.valueSchema();
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
        Schema key = keySchema == SchemaVisibility.NONE ? null : record.key().schema();
        Schema value =
                valueSchema == SchemaVisibility.NONE ? null : record.value().schema();
        out.write(KEY);
        data(record.key(), keySchema, out);
        out.write(KEY_SCHEMA_NAME);
        text(key == null ? null : key.name(), out);
        out.write(KEY_SCHEMA_VERSION);
        text(key == null ? null : key.version(), out);
        out.write(VALUE);
        data(record.value(), valueSchema, out);
        out.write(VALUE_SCHEMA_NAME);
        text(value == null ? null : value.name(), out);
        out.write(VALUE_SCHEMA_VERSION);
        text(value == null ? null : value.version(), out);
        FlatRecord.end(record, includeHeaders, out);
    }

    private void data(SchemaAndValue data, SchemaVisibility visibility, PayloadBuffer out) {
        if (visibility != SchemaVisibility.ALL || data.schema() == null) {
            ConnectJson.write(data, out);
            return;
        }
        out.write(SCHEMA);
        out.write(schemas.of(data.schema()));
        out.write(PAYLOAD);
        ConnectJson.write(data, out);
        out.write('}');
    }

    private static void text(Object nameOrVersion, PayloadBuffer out) {
        if (nameOrVersion == null) {
            out.nullValue();
        } else {
            out.string(nameOrVersion.toString());
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
