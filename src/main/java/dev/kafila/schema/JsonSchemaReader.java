package dev.kafila.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kafila.record.ExactJsonConverter;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;

/**
 * Reads JSON that was written with a JSON Schema. Unless it is to be checked, a document that does not fit its schema is read without it;
 * so is one that holds more than that names, and so loses nothing.
 */
final class JsonSchemaReader implements PayloadReader {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ExactJsonConverter EXACT = new ExactJsonConverter();

    /** Null if the JSON Schema has no counterpart in Connect. */
    private final Schema schema;

    /** Null if whatever is JSON is read. */
    private final JsonSchemaCheck check;

    private JsonSchemaReader(Schema schema, JsonSchemaCheck check) {
        this.schema = schema;
        this.check = check;
    }

    /** Throws {@link DataException} if the text is not JSON. */
    static JsonSchemaReader of(RegisteredSchema registered, boolean checked) {
        try {
            JsonNode text = JSON.readTree(registered.text());
            Optional<Schema> schema = JsonSchemas.of(text, registered.version());
            return new JsonSchemaReader(schema.orElse(null), checked ? JsonSchemaCheck.of(registered, text) : null);
        } catch (JsonProcessingException e) {
            throw new DataException("The " + registered.name() + " is no JSON Schema", e);
        }
    }

    @Override
    public SchemaAndValue read(Payload payload) {
        byte[] bytes = payload.copy();
        SchemaAndValue document = EXACT.toConnectData(null, bytes);
        if (check != null) {
            check.require(bytes);
        }
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
