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

    /** Deeper than any schema that has an end. */
    private static final int MAX_DEPTH = 250;

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
        requireEnd(schema, schema, 0);
        try {
            // Not straight to bytes: then Jackson escapes letters beyond the first plane in names.
            return mapper.writeValueAsString(converter.asJsonSchema(schema)).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new DataException("Cannot write the schema " + schema.name(), e);
        }
    }

    /** What refers to itself would be written for ever. */
    private static void requireEnd(Schema schema, Schema part, int depth) {
        if (depth > MAX_DEPTH) {
            throw new DataException("The schema " + schema.name()
                    + " holds itself, and cannot be written out: set schema-visibility to min or none");
        }
        switch (part.type()) {
            case STRUCT -> part.fields().forEach(field -> requireEnd(schema, field.schema(), depth + 1));
            case ARRAY -> requireEnd(schema, part.valueSchema(), depth + 1);
            case MAP -> {
                requireEnd(schema, part.keySchema(), depth + 1);
                requireEnd(schema, part.valueSchema(), depth + 1);
            }
            default -> {
                // Holds nothing.
            }
        }
    }
}
