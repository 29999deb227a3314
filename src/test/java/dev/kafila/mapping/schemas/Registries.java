package dev.kafila.mapping.schemas;

import java.util.Arrays;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaRegistryConfig;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaValidationConfig;
import software.amazon.awssdk.services.lambda.model.SelfManagedKafkaEventSourceConfig;

/** Mappings with a schema registry. */
final class Registries {
    private Registries() {}

    static KafkaSchemaRegistryConfig.Builder registry(String uri, String format, String... attributes) {
        return KafkaSchemaRegistryConfig.builder()
                .schemaRegistryURI(uri)
                .eventRecordFormat(format)
                .schemaValidationConfigs(Arrays.stream(attributes)
                        .map(attribute -> KafkaSchemaValidationConfig.builder()
                                .attribute(attribute)
                                .build())
                        .toList());
    }

    static EventSourceMappingConfiguration mapping(String uri, String format, String... attributes) {
        return mapping(registry(uri, format, attributes).build());
    }

    static EventSourceMappingConfiguration mapping(KafkaSchemaRegistryConfig config) {
        return EventSourceMappingConfiguration.builder()
                .selfManagedKafkaEventSourceConfig(SelfManagedKafkaEventSourceConfig.builder()
                        .schemaRegistryConfig(config)
                        .build())
                .build();
    }
}
