package dev.kafila.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry with Confluent's API: its own, Karapace, Redpanda's, Apicurio's {@code /apis/ccompat/v7}.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">the API</a>
 */
public final class ConfluentRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(ConfluentRegistry.class);

    private final RegistryHttp http;

    ConfluentRegistry(RegistryHttp http) {
        this.http = http;
    }

    /**
     * The registry that is named and reached by the options of Confluent's clients.
     *
     * @throws IllegalArgumentException with the name of an option that is missing or not right
     */
    public static ConfluentRegistry of(Map<String, String> options) {
        ConverterOptions named = new ConverterOptions(options);
        named.required(ConfluentOptions.URL);
        List<String> unknown = OptionNames.unknown(options.keySet());
        if (!unknown.isEmpty()) {
            LOG.warn("Nothing is known of {} among the options of the schema registry; it is asked without", unknown);
        }
        return new ConfluentOptions(named).registry();
    }

    /**
     * Asks for the latest version of a subject.
     *
     * @throws DataException      if the registry does not know the subject
     * @throws RetriableException if the registry does not say
     */
    public LatestSchema latest(String subject) {
        String name = "schema " + subject + " of the registry " + http.address();
        JsonNode answer = require(http.get("/subjects/" + encoded(subject) + "/versions/latest"), name);
        if (!answer.path("id").isInt()) {
            throw new RetriableException("The answer for the " + name + " holds no id: is that a schema registry?");
        }
        RegisteredSchema schema = new RegisteredSchema(
                name,
                format(answer, name),
                text(answer, name),
                references(answer, name),
                answer.path("version").asInt());
        return new LatestSchema(schema, new Frame.Confluent(answer.path("id").intValue()));
    }

    /**
     * Asks for a schema.
     *
     * @param topic whose subject the version is of
     * @throws DataException      if the registry does not know the id
     * @throws RetriableException if the registry does not say
     */
    RegisteredSchema find(int id, String topic, boolean key) {
        String name = "schema " + id + " of " + http.address();
        if (id < 0) {
            throw new DataException("There is no " + name + ": ids are not negative");
        }
        JsonNode answer = require(http.get("/schemas/ids/" + id), name);
        return new RegisteredSchema(
                name, format(answer, name), text(answer, name), references(answer, name), version(id, topic, key));
    }

    private static DataFormat format(JsonNode answer, String name) {
        String type = answer.path("schemaType").asText("AVRO");
        return switch (type) {
            case "AVRO" -> DataFormat.AVRO;
            case "PROTOBUF" -> DataFormat.PROTOBUF;
            case "JSON" -> DataFormat.JSON;
            default -> throw new DataException("The " + name + " is of the unknown type " + type);
        };
    }

    private static JsonNode require(JsonNode found, String name) {
        if (found == null) {
            throw new DataException("There is no " + name);
        }
        return found;
    }

    private static String text(JsonNode answer, String name) {
        if (!answer.path("schema").isTextual()) {
            throw new RetriableException("The answer for the " + name + " holds no schema: is that a schema registry?");
        }
        return answer.path("schema").textValue();
    }

    private Map<String, String> references(JsonNode answer, String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        addReferences(answer, name, texts, new LinkedHashSet<>());
        return texts;
    }

    private void addReferences(JsonNode answer, String name, Map<String, String> texts, Set<String> open) {
        for (JsonNode reference : answer.path("references")) {
            String calledBy = reference.path("name").asText();
            if (texts.containsKey(calledBy) || !open.add(calledBy)) {
                continue;
            }
            String subject = reference.path("subject").asText();
            int version = reference.path("version").asInt();
            String referenced = "version " + version + " of subject " + subject + ", which the " + name + " refers to";
            JsonNode found = require(http.get("/subjects/" + encoded(subject) + "/versions/" + version), referenced);
            addReferences(found, referenced, texts, open);
            texts.put(calledBy, text(found, referenced));
        }
    }

    /**
     * The version that the schema has as one of the topic's subject, or, under another strategy for subjects, its only version. Null if
     * that leaves it open, or the registry cannot say: a payload can be read without.
     */
    private Integer version(int id, String topic, boolean key) {
        JsonNode versions = http.getIfOffered("/schemas/ids/" + id + "/versions");
        if (versions == null || !versions.isArray()) {
            return null;
        }
        String subject = topic + (key ? "-key" : "-value");
        for (JsonNode version : versions) {
            if (version.path("subject").asText().equals(subject)) {
                return version.path("version").asInt();
            }
        }
        return versions.size() == 1 ? (Integer) versions.get(0).path("version").asInt() : null;
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
