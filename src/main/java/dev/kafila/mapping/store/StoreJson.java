package dev.kafila.mapping.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Mapping.Wanted;
import dev.kafila.mapping.Observation;
import dev.kafila.mapping.SdkJson;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

/** Values of the topic as JSON. Members that it does not know it leaves out: a newer version of ours may have written them. */
final class StoreJson {
    /**
     * How long a change may be under way from its writer's last look at the log; far below {@code Owner.REMEMBERED}. Only a process
     * that was frozen takes longer.
     */
    static final Duration LATEST = Duration.ofHours(6);

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private StoreJson() {}

    /** @param looked when its writer knew that this is the next version, in milliseconds since 1970 */
    static String change(Mapping mapping, long created, long looked) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("wanted", mapping.wanted().name());
        json.set("configuration", SdkJson.write(mapping.configuration()));
        json.set("tags", MAPPER.valueToTree(mapping.tags()));
        json.put("created", created);
        json.put("looked", looked);
        return text(json);
    }

    static String status(StoredStatus status) {
        return text(status);
    }

    static String observation(Observation observation) {
        return text(observation);
    }

    private static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("No JSON for " + value.getClass(), e);
        }
    }

    /**
     * Reads the value that belongs to a key.
     *
     * @param appended when the broker took it, in milliseconds since 1970; null if it does not say
     * @throws IllegalArgumentException if nobody of ours wrote it
     */
    static Object read(StoreKey key, byte[] value, Long appended) {
        try {
            if (key instanceof StoreKey.Change change) {
                return change(change, MAPPER.readTree(value), appended);
            }
            return key instanceof StoreKey.Status ? status(value) : observation(key.uuid(), value);
        } catch (IOException e) {
            // Its message shows what was read.
            throw new IllegalArgumentException(
                    "not the JSON that is expected: " + e.getClass().getSimpleName());
        }
    }

    private static StoredChange change(StoreKey.Change key, JsonNode json, Long appended) {
        EventSourceMappingConfiguration configuration = SdkJson.read(
                        json.path("configuration"), EventSourceMappingConfiguration.builder())
                .build();
        if (!key.uuid().equals(configuration.uuid()) || configuration.state() == null) {
            throw new IllegalArgumentException("the configuration is not one of this mapping");
        }
        Map<String, String> tags = new HashMap<>();
        json.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        boolean late = appended != null && appended - json.path("looked").asLong(appended) > LATEST.toMillis();
        return new StoredChange(
                new Mapping(key.version(), wanted(json), configuration, tags),
                json.path("created").asLong(),
                late);
    }

    private static Wanted wanted(JsonNode json) {
        String name = json.path("wanted").asText();
        return Stream.of(Wanted.values())
                .filter(wanted -> wanted.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody knows what is wanted of this mapping"));
    }

    private static StoredStatus status(byte[] value) throws IOException {
        StoredStatus status = MAPPER.readValue(value, StoredStatus.class);
        if (status.status() == null || status.status().state() == null) {
            throw new IllegalArgumentException("a status without a state");
        }
        return status;
    }

    private static Observation observation(String uuid, byte[] value) throws IOException {
        Observation observation = MAPPER.readValue(value, Observation.class);
        if (!uuid.equals(observation.uuid())) {
            throw new IllegalArgumentException("the observation is not of this mapping");
        }
        return observation;
    }
}
