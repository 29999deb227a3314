package dev.kafila.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kafila.record.ExactJsonConverter;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;

/**
 * Reads JSON that was written with a JSON Schema. Nothing is validated: a document that does not fit its schema, or holds more than that
 * names, is read without it, and so loses nothing.
 */
final class JsonSchemaReader implements PayloadReader {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ExactJsonConverter EXACT = new ExactJsonConverter();

    /** Null if the JSON Schema has no counterpart in Connect. */
    private final Schema schema;

    private JsonSchemaReader(Schema schema) {
        this.schema = schema;
    }

    /** Throws {@link DataException} if the text is not JSON. */
    static JsonSchemaReader of(RegisteredSchema registered) {
        try {
            Optional<Schema> schema = JsonSchemas.of(JSON.readTree(registered.text()), registered.version());
            return new JsonSchemaReader(schema.orElse(null));
        } catch (JsonProcessingException e) {
            throw new DataException("The " + registered.name() + " is no JSON Schema", e);
        }
    }

    @Override
    public SchemaAndValue read(Payload payload) {
        SchemaAndValue document = EXACT.toConnectData(null, payload.copy());
        if (schema != null) {
            JsonFit fit = new JsonFit();
            Object value = fit.put(schema, document.value());
            if (fit.isLossless()) {
                return new SchemaAndValue(schema, value);
            }
        }
        return document;
    }
}
