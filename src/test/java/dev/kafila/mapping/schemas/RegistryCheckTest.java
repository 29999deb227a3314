package dev.kafila.mapping.schemas;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaRegistryAccessConfig;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaRegistryConfig;

class RegistryCheckTest {
    private static final String GLUE = "arn:aws:glue:us-east-1:123456789012:registry/shop";

    @ParameterizedTest
    @ValueSource(
            strings = {
                GLUE,
                "arn:aws-cn:glue:cn-north-1:123456789012:registry/shop-1.a",
                "https://registry.example",
                "https://registry.example:8081/apis/ccompat/v7/",
                "http://localhost:8081"
            })
    void aRegistryThatCanBeAskedIsTaken(String uri) {
        assertThatCode(() -> RegistryCheck.check(
                        Registries.registry(uri, "SOURCE", "KEY", "VALUE").build()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "registry.example",
                "ftp://registry.example",
                "https://",
                "https://me:secret@registry.example",
                "https://registry.example?a=b",
                "https://registry.example,https://other.example",
                "file:///etc/passwd",
                "{{env:SECRET}}",
                "arn:aws:glue:us-east-1:123456789012:schema/shop/orders",
                "arn:aws:sqs:us-east-1:123456789012:queue"
            })
    void anythingElseIsRefusedAndNotRepeated(String uri) {
        assertThatThrownBy(() -> RegistryCheck.check(
                        Registries.registry(uri, "JSON", "KEY").build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("SchemaRegistryConfig.SchemaRegistryURI ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aFormatIsOneOfTwo() {
        assertRefused(Registries.registry(GLUE, "AVRO", "KEY").build(), "EventRecordFormat is neither JSON nor SOURCE");
        assertRefused(
                Registries.registry(GLUE, (String) null, "KEY").build(),
                "EventRecordFormat is neither JSON nor SOURCE");
    }

    @Test
    void anAttributeIsNamedOnceAndThereIsOne() {
        assertRefused(Registries.registry(GLUE, "JSON").build(), "SchemaValidationConfigs is missing");
        assertRefused(Registries.registry(GLUE, "JSON", "KEY", "KEY").build(), "names the same twice");
        assertRefused(
                Registries.registry(GLUE, "JSON", "HEADER").build(),
                "SchemaValidationConfigs names something that is not one of [KEY, VALUE]");
    }

    @Test
    void gluesRegistryTakesNoSecrets() {
        assertRefused(
                Registries.registry(GLUE, "JSON", "KEY")
                        .accessConfigs(access("BASIC_AUTH", "user"))
                        .build(),
                "AWS Glue");
    }

    @Test
    void anAccessHasAKnownTypeOfItsOwnAndASecret() {
        String url = "https://registry.example";
        assertRefused(
                Registries.registry(url, "JSON", "KEY")
                        .accessConfigs(access("SASL_SCRAM_512_AUTH", "user"))
                        .build(),
                "AccessConfigs names something");
        assertRefused(
                Registries.registry(url, "JSON", "KEY")
                        .accessConfigs(access("BASIC_AUTH", "user"), access("BASIC_AUTH", "other"))
                        .build(),
                "AccessConfigs names the same twice");
        assertRefused(
                Registries.registry(url, "JSON", "KEY")
                        .accessConfigs(access("BASIC_AUTH", null))
                        .build(),
                "AccessConfigs: a URI is missing");
    }

    private static void assertRefused(KafkaSchemaRegistryConfig config, String why) {
        assertThatThrownBy(() -> RegistryCheck.check(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static KafkaSchemaRegistryAccessConfig access(String type, String uri) {
        return KafkaSchemaRegistryAccessConfig.builder().type(type).uri(uri).build();
    }
}
