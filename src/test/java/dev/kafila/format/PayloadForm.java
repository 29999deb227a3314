package dev.kafila.format;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kafila.record.KafkaRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.JsonConverter;

/** The forms that are built in, and how a function would read what they make, with nothing of ours. */
enum PayloadForm {
    ESM("esm", SchemaVisibility.MIN, false),
    ESM_DECODED("esm", SchemaVisibility.MIN, true),
    PLAIN("plain", SchemaVisibility.MIN, true),
    JSON_NONE("json", SchemaVisibility.NONE, true),
    JSON_MIN("json", SchemaVisibility.MIN, true),
    JSON_ALL("json", SchemaVisibility.ALL, true),
    CONFLUENT("confluent", SchemaVisibility.MIN, true),
    RAW("raw", SchemaVisibility.MIN, true);

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final JsonConverter CONNECT = connect(false);
    private static final JsonConverter CONNECT_WITH_SCHEMAS = connect(true);

    private final String format;
    private final SchemaVisibility schemas;
    private final boolean decoded;

    PayloadForm(String format, SchemaVisibility schemas, boolean decoded) {
        this.format = format;
        this.schemas = schemas;
        this.decoded = decoded;
    }

    RecordFormatter formatter(boolean batch) {
        FormatOptions.Input input = decoded ? TestOptions.DECODED : TestOptions.TEXT;
        FormatOptions options = new FormatOptions(batch, false, schemas, schemas, "b-1.example:9092", "", input);
        return Formatters.create(format, options, null);
    }

    /** The records of a payload, each as its form has it. */
    List<JsonNode> records(byte[] payload, boolean batch) throws IOException {
        JsonNode root = JSON.readTree(payload);
        List<JsonNode> records = new ArrayList<>();
        if (this == ESM || this == ESM_DECODED) {
            root.get("records").get("orders-0").forEach(records::add);
        } else if (batch) {
            root.forEach(records::add);
        } else {
            records.add(root);
        }
        return this == CONFLUENT
                ? records.stream().map(record -> record.get("payload")).toList()
                : records;
    }

    /** What is read as a record's value. */
    Object readValue(JsonNode record) {
        JsonNode value = this == RAW ? record : record.get("value");
        return switch (this) {
            case ESM, ESM_DECODED ->
                value.isNull()
                        ? "null"
                        : new String(Base64.getDecoder().decode(value.textValue()), StandardCharsets.ISO_8859_1);
            case JSON_ALL ->
                value.has("schema")
                        ? ConnectData.canonical(CONNECT_WITH_SCHEMAS.toConnectData("", bytes(value)))
                        : value;
            default -> value;
        };
    }

    /** What is to be read as the value of a record. */
    Object value(KafkaRecord record) {
        SchemaAndValue data = record.value();
        return switch (this) {
            case ESM -> latin(record.source().value());
            case ESM_DECODED -> latin(bytes(data));
            case PLAIN -> JSON.getNodeFactory().textNode(data.value() == null ? "" : JavaText.of(data.value()));
            case JSON_ALL -> data.schema() == null ? tree(data) : ConnectData.canonical(data);
            default -> tree(data);
        };
    }

    private static JsonNode tree(SchemaAndValue data) {
        try {
            return JSON.readTree(
                    data.schema() == null
                            ? JSON.writeValueAsBytes(data.value())
                            : CONNECT.fromConnectData("", data.schema(), data.value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(SchemaAndValue data) {
        Object value = data.value();
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof ByteBuffer buffer) {
            return ConnectData.bytes(buffer);
        }
        if (value instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        PayloadBuffer out = new PayloadBuffer(16);
        ConnectJson.write(data, out);
        return value == null ? null : out.toByteArray();
    }

    private static String latin(byte[] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static JsonConverter connect(boolean schemas) {
        JsonConverter converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", String.valueOf(schemas)), false);
        return converter;
    }
}
