package dev.kafila.mapping.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kafila.mapping.SdkJson;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

/** A mapping that is being made of what it was and what a request says; nothing of it is checked but the types of its members. */
final class Draft {
    /** What a request may set; a mapping has more members, which are not a client's to say. */
    private static final Set<String> SETTABLE = CreateEventSourceMappingRequest.builder().build().sdkFields().stream()
            .map(SdkField::locationName)
            .collect(Collectors.toUnmodifiableSet());

    private static final String SELF_MANAGED = "SelfManagedKafkaEventSourceConfig";
    private static final String AMAZON_MANAGED = "AmazonManagedKafkaEventSourceConfig";
    private static final String GROUP = "ConsumerGroupId";
    private static final String REGISTRY = "SchemaRegistryConfig";

    /** What an update may say something about without repeating the rest of it. */
    private static final List<String> KAFKA_CONFIGS = List.of(SELF_MANAGED, AMAZON_MANAGED);

    private final ObjectNode json;

    private Draft(ObjectNode json) {
        this.json = json;
    }

    /** What a new mapping is before the request is looked at. */
    static Draft ofNew(String uuid) {
        return new Draft(JsonNodeFactory.instance
                .objectNode()
                .put("UUID", uuid)
                .put("StartingPosition", "TRIM_HORIZON")
                .put("BatchSize", 100)
                .put("MaximumRetryAttempts", -1)
                .put("MaximumRecordAgeInSeconds", -1)
                .put("BisectBatchOnFunctionError", false));
    }

    static Draft of(EventSourceMappingConfiguration mapping) {
        return new Draft(SdkJson.write(mapping));
    }

    /**
     * Takes over what a request says; what it does not say stays.
     *
     * @param request whose members are of their types
     */
    Draft with(JsonNode request) {
        for (var member : request.properties()) {
            String name = member.getKey();
            if (SETTABLE.contains(name) && !member.getValue().isNull()) {
                if (KAFKA_CONFIGS.contains(name)) {
                    merge(json.withObjectProperty(name), member.getValue());
                } else {
                    json.set(name, member.getValue());
                }
            }
        }
        KAFKA_CONFIGS.forEach(
                config -> removeIfMissing(json.path(config), REGISTRY, "SchemaRegistryURI", "EventRecordFormat"));
        removeIfMissing(json, "ProvisionedPollerConfig", "MinimumPollers", "MaximumPollers", "PollerGroupName");
        removeIfEmpty("/FilterCriteria/Filters", "FilterCriteria");
        removeDestinations();
        return this;
    }

    private static void merge(ObjectNode known, JsonNode request) {
        request.properties().stream()
                .filter(member -> !member.getValue().isNull())
                .forEach(member -> known.set(member.getKey(), member.getValue()));
    }

    /** An object that has none of what it is for stands for none. */
    private static void removeIfMissing(JsonNode parent, String name, String... essential) {
        JsonNode object = parent.path(name);
        if (object.isObject() && List.of(essential).stream().noneMatch(object::hasNonNull)) {
            ((ObjectNode) parent).remove(name);
        }
    }

    private void removeIfEmpty(String pointer, String name) {
        if (json.at(pointer).isEmpty()) {
            json.remove(name);
        }
    }

    /** "" is how a client removes one. */
    private void removeDestinations() {
        if (json.path("DestinationConfig") instanceof ObjectNode destinations) {
            for (String name : List.of("OnFailure", "OnSuccess")) {
                if (destinations.at("/" + name + "/Destination").asText().isEmpty()) {
                    destinations.remove(name);
                }
            }
            if (destinations.isEmpty()) {
                json.remove("DestinationConfig");
            }
        }
    }

    /** A group that nobody names is called like the mapping. */
    EventSourceMappingConfiguration.Builder builder() {
        ObjectNode kafka = json.withObjectProperty(json.hasNonNull("EventSourceArn") ? AMAZON_MANAGED : SELF_MANAGED);
        if (!kafka.hasNonNull(GROUP)) {
            kafka.set(GROUP, json.get("UUID"));
        }
        return SdkJson.read(json, EventSourceMappingConfiguration.builder());
    }
}
