package dev.kafila.mapping;

import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaRegistryConfig;

/** Where a mapping says which schema registry its records are of: it depends on the kind of its source. */
public final class SchemaRegistry {

    private SchemaRegistry() {}

    /** Empty if the mapping has none. */
    public static Optional<KafkaSchemaRegistryConfig> of(EventSourceMappingConfiguration mapping) {
        if (mapping.selfManagedKafkaEventSourceConfig() != null) {
            return Optional.ofNullable(
                    mapping.selfManagedKafkaEventSourceConfig().schemaRegistryConfig());
        }
        return Optional.ofNullable(mapping.amazonManagedKafkaEventSourceConfig())
                .map(config -> config.schemaRegistryConfig());
    }
}
