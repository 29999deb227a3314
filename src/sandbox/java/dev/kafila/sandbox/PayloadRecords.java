package dev.kafila.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** The records of a payload, whatever its form: every JSON object that says its topic, partition and offset. */
final class PayloadRecords {
    private final boolean base64;
    private final List<JsonNode> records = new ArrayList<>();

    private PayloadRecords(JsonNode payload) {
        base64 = payload.has("eventSource");
        collect(payload);
    }

    /** Empty if the payload carries no coordinates. */
    static PayloadRecords of(Invocation invocation) {
        try {
            return new PayloadRecords(
                    JsonText.MAPPER.readTree(invocation.payload().asByteArrayUnsafe()));
        } catch (IOException e) {
            throw new IllegalStateException("The endpoint took a payload that is not JSON", e);
        }
    }

    private void collect(JsonNode node) {
        if (node.path("topic").isTextual()
                && node.path("partition").isInt()
                && node.path("offset").isIntegralNumber()) {
            records.add(node);
        } else {
            node.forEach(this::collect);
        }
    }

    int size() {
        return records.size();
    }

    TopicPartition partition(int index) {
        JsonNode record = records.get(index);
        return new TopicPartition(
                record.get("topic").asText(), record.get("partition").asInt());
    }

    long offset(int index) {
        return records.get(index).get("offset").asLong();
    }

    /** The value of the record as a person reads it. */
    String value(int index) {
        JsonNode value = records.get(index).path("value");
        if (!base64 || !value.isTextual()) {
            return value.isTextual() ? value.asText() : value.toString();
        }
        byte[] bytes = Base64.getDecoder().decode(value.asText());
        return readable(bytes);
    }

    static String readable(byte[] bytes) {
        if (bytes == null) {
            return "null";
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notText) {
            return bytes.length + " bytes that are no text";
        }
    }
}
