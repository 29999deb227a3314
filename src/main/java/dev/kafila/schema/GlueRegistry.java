package dev.kafila.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kafila.aws.AwsClients;
import dev.kafila.aws.AwsJsonClient;
import dev.kafila.aws.AwsSettings;
import dev.kafila.aws.AwsSettingsException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import software.amazon.awssdk.core.exception.SdkException;

/** The AWS Glue Schema Registry, of which one operation is needed. Thread-safe. */
public final class GlueRegistry implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int CONNECTIONS = 4;
    private static final int OK = 200;
    private static final String AVAILABLE = "AVAILABLE";

    /** Errors that say something about the id, and not about us. */
    private static final Set<String> NO_SUCH_SCHEMA = Set.of("EntityNotFoundException", "InvalidInputException");

    private final AwsSettings settings;
    /** Null until it is needed: not everybody who reads Confluent's records has a region. */
    private AwsJsonClient client;
    /** Why there is no client; null if that was not tried, or there is one. */
    private AwsSettingsException refusal;

    public GlueRegistry(AwsSettings settings) {
        this.settings = settings;
    }

    /** Throws {@link AwsSettingsException} if AWS cannot be reached with these settings. */
    public synchronized AwsJsonClient connect() {
        if (refusal != null) {
            throw refusal;
        }
        if (client == null) {
            try {
                client = AwsClients.json("glue", settings, TIMEOUT, CONNECTIONS);
            } catch (AwsSettingsException e) {
                refusal = e;
                throw e;
            }
        }
        return client;
    }

    /**
     * Asks for a schema.
     *
     * @throws DataException      if the registry does not know the id
     * @throws RetriableException if the registry does not say
     */
    RegisteredSchema find(UUID id) {
        String name = "schema version " + id + " of AWS Glue";
        try {
            return schema(ask(JSON.createObjectNode().put("SchemaVersionId", id.toString()), name), name);
        } catch (AwsSettingsException e) {
            throw new DataException(
                    "The record was written with AWS Glue's registry, which cannot be asked: " + e.getMessage(), e);
        }
    }

    /**
     * Asks for the latest version of a schema.
     *
     * @throws DataException      if the registry does not know the schema
     * @throws RetriableException if the registry does not say, or not yet
     */
    public LatestSchema latest(String registry, String schema) {
        String name = "schema " + schema + " of the registry " + registry;
        ObjectNode request = JSON.createObjectNode();
        request.putObject("SchemaId").put("RegistryName", registry).put("SchemaName", schema);
        request.putObject("SchemaVersionNumber").put("LatestVersion", true);
        JsonNode answer = ask(request, name);
        if (!answer.path("Status").asText().equals(AVAILABLE)) {
            throw new RetriableException("The latest version of the " + name + " is "
                    + answer.path("Status").asText("in no known state") + " and not " + AVAILABLE);
        }
        return new LatestSchema(schema(answer, name), new Frame.Glue(id(answer, name), false));
    }

    private static UUID id(JsonNode answer, String name) {
        try {
            return UUID.fromString(answer.path("SchemaVersionId").asText());
        } catch (IllegalArgumentException e) {
            throw new RetriableException("AWS Glue gives the " + name + " without the id of its version", e);
        }
    }

    private static RegisteredSchema schema(JsonNode answer, String name) {
        return new RegisteredSchema(
                name, format(answer, name), answer.path("SchemaDefinition").textValue(), Map.of(), null);
    }

    private JsonNode ask(ObjectNode request, String name) {
        AwsJsonClient.Answer answer = call(request, name);
        JsonNode body = json(answer.body());
        if (answer.status() == OK && body.path("SchemaDefinition").isTextual()) {
            return body;
        }
        String error = errorType(answer, body);
        if (NO_SUCH_SCHEMA.contains(error)) {
            throw new DataException("There is no " + name + ": " + error);
        }
        throw new RetriableException("AWS Glue does not give " + name + ": HTTP " + answer.status() + " " + error);
    }

    private AwsJsonClient.Answer call(ObjectNode request, String name) {
        try {
            return connect().call("AWSGlue.GetSchemaVersion", request.toString());
        } catch (IOException | SdkException e) {
            throw new RetriableException("AWS Glue cannot be asked for " + name + ": " + e.getMessage(), e);
        }
    }

    private static DataFormat format(JsonNode body, String name) {
        String format = body.path("DataFormat").asText();
        try {
            return DataFormat.valueOf(format);
        } catch (IllegalArgumentException e) {
            throw new DataException("The " + name + " is of the unknown format " + format, e);
        }
    }

    /** Either place may say more than the name: {@code com.amazonaws.glue#EntityNotFoundException}, {@code Name:http://…}. */
    private static String errorType(AwsJsonClient.Answer answer, JsonNode body) {
        String type = answer.errorType().isEmpty() ? body.path("__type").asText() : answer.errorType();
        String name = type.substring(type.indexOf('#') + 1);
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
