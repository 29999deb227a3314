package dev.kafila.mapping.store;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Mapping.Wanted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.lambda.model.EndPointType;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

/** Mappings as somebody might ask for them. */
final class TestMappings {
    private TestMappings() {}

    /** Of a function and topic of its own. */
    static Mapping created() {
        String uuid = UUID.randomUUID().toString();
        return created(uuid, "function-of-" + uuid);
    }

    static Mapping created(String uuid, String function) {
        return new Mapping(1, Wanted.ENABLED, configuration(uuid, function, "Creating"), Map.of("team", "a"));
    }

    /** The next version of a mapping. */
    static Mapping changed(Mapping mapping, Wanted wanted) {
        String state =
                switch (wanted) {
                    case ENABLED -> "Updating";
                    case DISABLED -> "Disabling";
                    case DELETED -> "Deleting";
                };
        return new Mapping(
                mapping.version() + 1,
                wanted,
                mapping.configuration().toBuilder().state(state).build(),
                mapping.tags());
    }

    /** The next version, which differs in the size of batches. */
    static Mapping withBatchSize(Mapping mapping, int batchSize) {
        Mapping changed = changed(mapping, mapping.wanted());
        return new Mapping(
                changed.version(),
                changed.wanted(),
                changed.configuration().toBuilder().batchSize(batchSize).build(),
                changed.tags());
    }

    private static EventSourceMappingConfiguration configuration(String uuid, String function, String state) {
        return EventSourceMappingConfiguration.builder()
                .uuid(uuid)
                .functionArn("arn:aws:lambda:us-east-1:000000000000:function:" + function)
                .selfManagedEventSource(source ->
                        source.endpoints(Map.of(EndPointType.KAFKA_BOOTSTRAP_SERVERS, List.of("b1:9092", "b2:9092"))))
                .topics("orders")
                .batchSize(100)
                .maximumBatchingWindowInSeconds(1)
                .lastModified(Instant.ofEpochMilli(1_569_284_520_333L))
                .state(state)
                .build();
    }
}
