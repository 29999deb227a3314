package dev.kafila.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.mapping.api.ApiFixture;
import dev.kafila.settings.MappingSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.EndPointType;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaRegistryAccessConfig;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaRegistryConfig;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaValidationConfig;

/** What Debian's command line is too old for, by AWS's client for Java. */
class MappingSdkInteropTest {
    private static final MappingSettings.Allowed ALLOWED = new MappingSettings.Allowed(
            List.of("broker.example:9092"),
            Map.of(),
            List.of("https://registry.example"),
            Map.of("registry", Map.of("username", "u", "password", "p")),
            List.of(),
            List.of("*"),
            List.of());

    private static final KafkaSchemaRegistryConfig REGISTRY = KafkaSchemaRegistryConfig.builder()
            .schemaRegistryURI("https://registry.example")
            .eventRecordFormat("JSON")
            .schemaValidationConfigs(List.of(
                    KafkaSchemaValidationConfig.builder().attribute("KEY").build(),
                    KafkaSchemaValidationConfig.builder().attribute("VALUE").build()))
            .accessConfigs(List.of(KafkaSchemaRegistryAccessConfig.builder()
                    .type("BASIC_AUTH")
                    .uri("registry")
                    .build()))
            .build();

    @Test
    void provisionedPollersAndASchemaRegistryComeAndGo() {
        try (ApiFixture api = ApiFixture.start(ALLOWED, Map.of("INTEROP", "interop"));
                LambdaClient lambda = api.client("INTEROP", "interop")) {
            CreateEventSourceMappingResponse created =
                    lambda.createEventSourceMapping(create -> create.functionName("orders")
                            .topics("orders")
                            .selfManagedEventSource(source -> source.endpoints(
                                    Map.of(EndPointType.KAFKA_BOOTSTRAP_SERVERS, List.of("broker.example:9092"))))
                            .provisionedPollerConfig(
                                    pollers -> pollers.minimumPollers(2).maximumPollers(5))
                            .selfManagedKafkaEventSourceConfig(kafka -> kafka.schemaRegistryConfig(REGISTRY)));

            assertThat(created.provisionedPollerConfig().minimumPollers()).isEqualTo(2);
            assertThat(created.provisionedPollerConfig().maximumPollers()).isEqualTo(5);
            assertThat(created.selfManagedKafkaEventSourceConfig().schemaRegistryConfig())
                    .isEqualTo(REGISTRY);
            var onDemand = lambda.updateEventSourceMapping(update -> update.uuid(created.uuid())
                    .provisionedPollerConfig(pollers -> {})
                    .selfManagedKafkaEventSourceConfig(kafka -> kafka.schemaRegistryConfig(registry -> {})));
            assertThat(onDemand.provisionedPollerConfig()).isNull();
            assertThat(onDemand.selfManagedKafkaEventSourceConfig().schemaRegistryConfig())
                    .isNull();
            assertThat(onDemand.selfManagedKafkaEventSourceConfig().consumerGroupId())
                    .isEqualTo(created.uuid());
        }
    }
}
