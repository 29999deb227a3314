package dev.kafila.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The document that is served, and whether what happens is what it says. */
final class OpenApiDocument {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode root;

    private OpenApiDocument(JsonNode root) {
        this.root = root;
    }

    static OpenApiDocument read() throws IOException {
        try (InputStream in = OpenApiDocument.class.getResourceAsStream("/openapi.json")) {
            return new OpenApiDocument(JSON.readTree(in));
        }
    }

    JsonNode json() {
        return root;
    }

    /** Of the only operation that a path has. */
    Set<String> statuses(String path) {
        return responses(path).properties().stream()
                .map(response -> response.getKey())
                .collect(Collectors.toSet());
    }

    /** What is wrong with an answer: a body that does not fit, or a header that is missing. */
    List<String> problems(String path, Answered answer) throws IOException {
        JsonNode response = resolved(responses(path).path(Integer.toString(answer.status())));
        List<String> problems = new ArrayList<>();
        for (var header : response.path("headers").properties()) {
            if (header.getValue().path("required").asBoolean() && answer.header(header.getKey()) == null) {
                problems.add("no header " + header.getKey());
            }
        }
        JsonNode content = response.path("content");
        String type = String.valueOf(answer.header("content-type"));
        if (!content.has(type)) {
            problems.add("content type " + type);
        }
        Set<ValidationMessage> messages = JsonSchemaFactory.getInstance(VersionFlag.V7)
                .getSchema(schema(content.path(type).path("schema")))
                .validate(JSON.readTree(answer.body()));
        messages.forEach(message -> problems.add(message.getMessage()));
        return problems;
    }

    private JsonNode responses(String path) {
        return root.path("paths").path(path).elements().next().path("responses");
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").textValue().substring(1)) : node;
    }

    private ObjectNode schema(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        if (schema.has("$ref")) {
            // Beside a reference nothing counts in this version of JSON Schema.
            whole = JSON.createObjectNode();
            whole.putArray("allOf").add(schema);
        }
        whole.set("components", root.path("components"));
        return whole;
    }
}
