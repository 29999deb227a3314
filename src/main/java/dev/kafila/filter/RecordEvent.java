package dev.kafila.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.kafila.record.JsonValues;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.Utf8;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.header.Header;

/**
 * A record as a pattern sees it: what the pattern names of it, as JSON.
 *
 * @param root      the event
 * @param valueKind which part of the pattern is about this record's value
 */
record RecordEvent(ObjectNode root, ValueKind valueKind) {

    /** Keeps the digits of numbers, which the engine compares as texts where they are more than a double holds. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    static RecordEvent of(KafkaRecord record, FilterPattern pattern) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("topic", record.topic());
        root.put("partition", record.partition());
        root.put("offset", record.source().offset());
        if (record.timestamp() != ConsumerRecord.NO_TIMESTAMP) {
            root.put("timestamp", record.timestamp());
        }
        if (pattern.names("headers")) {
            headers(record, root.putObject("headers"));
        }
        if (pattern.names("key")) {
            JsonNode key = node(record.key(), pattern.comparesScalars("key"));
            if (key != null) {
                root.set("key", key);
            }
        }
        if (!pattern.names("value")) {
            return new RecordEvent(root, ValueKind.PLAIN);
        }
        JsonNode value = node(record.value(), pattern.comparesScalars("value"));
        if (value == null) {
            return new RecordEvent(root, ValueKind.OTHER);
        }
        root.set("value", value);
        return new RecordEvent(root, value.isContainerNode() ? ValueKind.JSON : ValueKind.PLAIN);
    }

    private static void headers(KafkaRecord record, ObjectNode out) {
        for (Header header : record.headers()) {
            ArrayNode values = out.withArrayProperty(header.key());
            if (header.value() instanceof String text) {
                values.add(text);
            } else if (header.value() instanceof byte[] bytes) {
                String text = Utf8.text(bytes);
                values.add(text == null ? Base64.getEncoder().encodeToString(bytes) : text);
            } else {
                values.add(tree(new SchemaAndValue(header.schema(), header.value())));
            }
        }
    }

    /** What is read as JSON where it is, else as text; null for bytes that are neither. */
    private static JsonNode node(SchemaAndValue decoded, boolean scalars) {
        Object value = decoded.value();
        if (value == null) {
            return NullNode.getInstance();
        }
        if (value instanceof byte[] bytes) {
            String text = Utf8.text(bytes);
            return text == null ? null : node(text, scalars);
        }
        if (value instanceof String text) {
            return node(text, scalars);
        }
        return tree(decoded);
    }

    private static JsonNode tree(SchemaAndValue decoded) {
        try (TokenBuffer tokens = new TokenBuffer(JSON, false)) {
            JsonValues.write(decoded.schema(), decoded.value(), tokens);
            return JSON.readTree(tokens.asParser());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode node(String text, boolean scalars) {
        try {
            JsonNode node = JSON.readTree(text);
            if (node.isContainerNode() || node.isTextual() || (scalars && node.isValueNode())) {
                return node;
            }
        } catch (JsonProcessingException e) {
            // Not JSON, which is no failure.
        }
        return TextNode.valueOf(text);
    }
}
