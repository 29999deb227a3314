package dev.kafila.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.cache.SynchronizedCache;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;

/** Schemas as Connect's {@code JsonConverter} writes them, each made once. Thread-safe. */
final class SchemaJson {
    /** As many as that converter keeps. */
    private static final int KEPT = 1000;

    private final JsonConverter converter = new JsonConverter();
    private final ObjectMapper mapper = new ObjectMapper();
    private final Cache<Schema, byte[]> written = new SynchronizedCache<>(new LRUCache<>(KEPT));

    SchemaJson() {
        converter.configure(Map.of(), false);
    }

    byte[] of(Schema schema) {
        byte[] json = written.get(schema);
        if (json == null) {
            json = make(schema);
            written.put(schema, json);
        }
        return json;
    }

    private byte[] make(Schema schema) {
        try {
            // Not straight to bytes: then Jackson escapes letters beyond the first plane in names.
            return mapper.writeValueAsString(converter.asJsonSchema(schema)).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new DataException("Cannot write the schema " + schema.name(), e);
        }
    }
}
