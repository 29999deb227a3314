package dev.kafila.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** What producers and consumers need of Glue's schema registry, in JSON 1.1: GetSchemaByDefinition and GetSchemaVersion. */
final class GlueProtocol {
    static final String TARGET_PREFIX = "AWSGlue.";

    private static final Answer UNREADABLE = Answer.status(400, "SerializationException", "The body is not JSON");
    private static final Answer INCOMPLETE = Answer.status(
            400, "InvalidInputException", "A schema version is named by its id, or as a schema's latest.");
    private static final Answer UNKNOWN =
            Answer.status(400, "EntityNotFoundException", "Schema or schema version is not found.");

    private final SandboxSchemas schemas;

    GlueProtocol(SandboxSchemas schemas) {
        this.schemas = schemas;
    }

    AwsReply handle(AwsRequest request) {
        Optional<Answer> unsigned = Signature.refusal(request, "glue");
        if (unsigned.isPresent()) {
            return error(unsigned.get(), () -> {});
        }
        JsonNode body;
        try {
            body = JsonText.MAPPER.readTree(request.body().asByteArrayUnsafe());
        } catch (IOException malformed) {
            return error(UNREADABLE, () -> {});
        }
        String operation = request.header("x-amz-target").orElse("").substring(TARGET_PREFIX.length());
        return switch (operation) {
            case "GetSchemaByDefinition" -> {
                String schema = body.path("SchemaId").path("SchemaName").asText();
                Optional<UUID> id =
                        schemas.register(schema, body.path("SchemaDefinition").asText());
                yield answer(request, operation, schema, id.flatMap(schemas::version));
            }
            case "GetSchemaVersion" ->
                body.has("SchemaVersionId") ? versionById(request, body) : versionByName(request, body);
            default -> error(Answer.status(400, "UnknownOperationException", "The sandbox does not know it"), () -> {});
        };
    }

    private AwsReply versionById(AwsRequest request, JsonNode body) {
        String id = body.path("SchemaVersionId").asText();
        return answer(request, "GetSchemaVersion", id, schemas.version(UUID.fromString(id)));
    }

    /** Versions are asked for as the latest here, by no number. */
    private AwsReply versionByName(AwsRequest request, JsonNode body) {
        JsonNode schema = body.path("SchemaId");
        String name = schema.path("SchemaName").asText();
        if (name.isEmpty()
                || !body.path("SchemaVersionNumber").path("LatestVersion").asBoolean()) {
            return error(INCOMPLETE, () -> {});
        }
        String registry = schema.path("RegistryName").asText(SandboxSchemas.DEFAULT_REGISTRY);
        return answer(request, "GetSchemaVersion", name, schemas.latest(registry, name));
    }

    private AwsReply answer(
            AwsRequest request, String operation, String subject, Optional<SandboxSchemas.Version> found) {
        SchemaRequest asked = new SchemaRequest(
                operation,
                subject,
                Signature.of(request).map(Signature::accessKeyId).orElse(null),
                Instant.now());
        Answer answer = found.isPresent() ? schemas.receive(asked) : schemas.refuse(asked, UNKNOWN);
        if (answer.kind() == Answer.Kind.ERROR) {
            return error(answer, schemas::answered);
        }
        String text = answer.body() == null ? found.map(GlueProtocol::text).orElse("{}") : answer.body();
        return new AwsReply(answer, 200, headers(), text, schemas::answered);
    }

    private static String text(SandboxSchemas.Version version) {
        return JsonText.write(Map.of(
                "SchemaVersionId",
                version.id().toString(),
                "SchemaDefinition",
                version.definition(),
                "DataFormat",
                version.dataFormat(),
                "SchemaArn",
                "arn:aws:glue:us-east-1:000000000000:schema/" + version.registry() + "/" + version.schema(),
                "VersionNumber",
                version.number(),
                "Status",
                "AVAILABLE"));
    }

    private static AwsReply error(Answer answer, Runnable finished) {
        String text = JsonText.write(Map.of(
                "__type",
                answer.errorType(),
                "Message",
                Optional.ofNullable(answer.body()).orElse("")));
        return new AwsReply(answer, answer.status(), headers(), text, finished);
    }

    private static Map<String, String> headers() {
        return new TreeMap<>(Map.of(
                "Content-Type",
                "application/x-amz-json-1.1",
                "x-amzn-RequestId",
                UUID.randomUUID().toString()));
    }
}
