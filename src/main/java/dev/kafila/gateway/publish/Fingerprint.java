package dev.kafila.gateway.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kafila.gateway.request.PublishRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What takes the place of something long or secret where no more than equality matters: its SHA-256. */
record Fingerprint(String sha256) {
    private static final ObjectWriter SORTED = JsonMapper.builder()
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build()
            .writer();

    /** Of a topic and an idempotency key. */
    static Fingerprint ofKey(PublishRequest request) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("topic", request.topic());
        node.put("idempotencyKey", request.idempotencyKey());
        return of(node);
    }

    /** Of what would be written, whatever the order of members in the request. */
    static Fingerprint ofContent(PublishRequest request) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("topic", request.topic());
        node.put("key", request.key());
        ObjectNode headers = node.putObject("headers");
        request.headers().forEach(headers::put);
        node.set("body", request.body());
        return of(node);
    }

    private static Fingerprint of(ObjectNode node) {
        try {
            byte[] text = SORTED.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
            return new Fingerprint(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text)));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256, and a node can be written", e);
        }
    }
}
