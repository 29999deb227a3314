package dev.kafila.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.SpecVersionDetector;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.InputStreamSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.errors.DataException;

/** Holds JSON documents against a schema. What that refers to comes from its registry, and never from elsewhere. Thread-safe. */
final class JsonSchemaCheck {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Confluent's registry takes a schema that names no version for one of this. */
    private static final VersionFlag UNNAMED = VersionFlag.V7;

    private final String name;
    private final JsonSchema schema;

    private JsonSchemaCheck(String name, JsonSchema schema) {
        this.name = name;
        this.schema = schema;
    }

    /** Throws {@link DataException} if that is no JSON Schema, or refers to one that the registry gives no reference for. */
    static JsonSchemaCheck of(RegisteredSchema registered, JsonNode text) {
        try {
            Map<String, String> references = references(registered, text);
            JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                    SpecVersionDetector.detectOptionalVersion(text, true).orElse(UNNAMED),
                    builder -> builder.schemaLoaders(
                            loaders -> loaders.add(iri -> find(iri.toString(), references, registered.name()))));
            JsonSchema schema = factory.getSchema(
                    text,
                    SchemaValidatorsConfig.builder()
                            .pathType(PathType.JSON_POINTER)
                            .failFast(true)
                            .build());
            schema.initializeValidators();
            return new JsonSchemaCheck(registered.name(), schema);
        } catch (JsonSchemaException e) {
            if (e.getCause() instanceof DataException told) {
                throw told;
            }
            throw new DataException("The " + registered.name() + " is no JSON Schema that can be checked", e);
        }
    }

    /** By the names that the schema calls them, and by what these mean next to the schema's own address. */
    private static Map<String, String> references(RegisteredSchema registered, JsonNode schema) {
        Map<String, String> references = new HashMap<>(registered.references());
        String address = schema.path("$id").asText(schema.path("id").asText());
        try {
            URI base = URI.create(address);
            registered
                    .references()
                    .forEach((called, text) ->
                            references.put(base.resolve(called).toString(), text));
        } catch (IllegalArgumentException e) {
            throw new DataException(
                    "The " + registered.name() + " or a reference of it has a name that is no address", e);
        }
        return references;
    }

    /** Null for what the library has with it: the schemas of schemas. */
    private static InputStreamSource find(String called, Map<String, String> references, String name) {
        String text = references.get(called);
        if (text == null && !called.startsWith("classpath:")) {
            throw new DataException(
                    "The " + name + " refers to " + called + ", which the registry gives no reference for");
        }
        return text == null ? null : () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Throws {@link DataException} if the document does not fit. It tells where, and not what is there. */
    void require(byte[] document) {
        Set<ValidationMessage> problems;
        try {
            problems = schema.validate(JSON.readTree(document));
        } catch (JsonProcessingException e) {
            // Its message would quote the document.
            throw new DataException("The document is no JSON");
        } catch (IOException e) {
            throw new DataException("The document is no JSON", e);
        }
        for (ValidationMessage problem : problems) {
            String place = problem.getInstanceLocation().toString();
            throw new DataException("The document does not fit the " + name + ": "
                    + (place.isEmpty() ? "the whole" : place) + " breaks its rule " + problem.getType());
        }
    }
}
