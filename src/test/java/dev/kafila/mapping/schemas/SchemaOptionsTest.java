package dev.kafila.mapping.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kafila.aws.AwsSettings;
import dev.kafila.schema.SchemaConverters;
import dev.kafila.schema.StubRegistry;
import dev.kafila.schema.TlsIdentity;
import dev.kafila.schema.Wire;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaRegistryAccessConfig;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaRegistryConfig;

class SchemaOptionsTest {
    private static final String URL = "https://registry.example/path";

    private final Map<String, Map<String, String>> secrets = new HashMap<>();

    @Test
    void withoutARegistryRecordsAreCarriedAsTheyAre() {
        assertThat(SchemaOptions.of(
                        EventSourceMappingConfiguration.builder().build(), AwsSettings.SDK_DEFAULTS, secrets::get))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("keyConverter", "bytes", "valueConverter", "bytes", "headerConverter", "bytes"));
    }

    @Test
    void onlyTheNamedAttributeIsReadWithTheRegistry() throws Exception {
        Map<String, String> options =
                SchemaOptions.of(Registries.mapping(URL, "SOURCE", "KEY"), AwsSettings.SDK_DEFAULTS, secrets::get);

        assertThat(options)
                .containsEntry("keyConverter", "confluent-registry")
                .containsEntry("valueConverter", "bytes");
        assertThat(properties(options))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "key-converter.event.record.format", "SOURCE", "key-converter.schema.registry.url", URL));
    }

    @Test
    void gluesRegistryIsAskedInItsOwnRegion() throws Exception {
        Map<String, String> options = SchemaOptions.of(
                Registries.mapping("arn:aws:glue:eu-north-1:123456789012:registry/shop", "JSON", "KEY", "VALUE"),
                AwsSettings.of(name -> name.equals("role-arn") ? "arn:aws:iam::123456789012:role/r" : null),
                secrets::get);

        assertThat(options)
                .containsEntry("keyConverter", "glue-registry")
                .containsEntry("valueConverter", "glue-registry");
        assertThat(properties(options))
                .containsEntry("aws.role-arn", "arn:aws:iam::123456789012:role/r")
                .containsEntry("key-converter.region", "eu-north-1")
                .containsEntry("value-converter.region", "eu-north-1")
                .containsEntry("value-converter.event.record.format", "JSON");
    }

    @Test
    void userAndPasswordAreThoseOfTheSecretNow() throws Exception {
        EventSourceMappingConfiguration mapping = Registries.mapping(secured(URL, "BASIC_AUTH", "registry-user"));
        secrets.put("registry-user", Map.of("username", "me", "password", "pass:word"));
        Map<String, String> before = SchemaOptions.of(mapping, AwsSettings.SDK_DEFAULTS, secrets::get);
        secrets.put("registry-user", Map.of("username", "me", "password", "rotated"));

        assertThat(properties(before)).containsEntry("value-converter.basic.auth.user.info", "me:pass:word");
        assertThat(SchemaOptions.of(mapping, AwsSettings.SDK_DEFAULTS, secrets::get))
                .isNotEqualTo(before);
    }

    @Test
    void aSecretThatLacksAFieldIsNamedAndWhatItHoldsIsNot() {
        secrets.put("registry-user", Map.of("username", "hidden"));

        assertThatThrownBy(() -> SchemaOptions.of(
                        Registries.mapping(secured(URL, "BASIC_AUTH", "registry-user")),
                        AwsSettings.SDK_DEFAULTS,
                        secrets::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("BASIC_AUTH needs the password of the secret registry-user");
    }

    @Test
    void aRegistryIsTrustedByItsAuthorityAndGetsUserAndPassword(@TempDir Path directory) throws Exception {
        TlsIdentity identity = TlsIdentity.make(directory);
        secrets.put("ca", Map.of("certificate", identity.certificate()));
        secrets.put("user", Map.of("username", "me", "password", "word"));
        try (StubRegistry registry = StubRegistry.startWith(identity.context(), false)) {
            registry.answers("/schemas/ids/7", StubRegistry.Answer.schema("AVRO", "\"string\""));

            assertThat(read(secured(registry.url(), "SERVER_ROOT_CA_CERTIFICATE", "ca", "BASIC_AUTH", "user")))
                    .isEqualTo("k");
            assertThat(registry.authorizations)
                    .containsOnly("Basic " + Base64.getEncoder().encodeToString("me:word".getBytes(UTF_8)));
            assertThatThrownBy(() -> read(secured(registry.url(), "BASIC_AUTH", "user")))
                    .isInstanceOf(RetriableException.class);
        }
    }

    @Test
    void aRegistryThatAsksForACertificateGetsIt(@TempDir Path directory) throws Exception {
        TlsIdentity identity = TlsIdentity.make(directory);
        secrets.put("ca", Map.of("certificate", identity.certificate()));
        secrets.put("me", Map.of("certificate", identity.certificate(), "key", identity.key()));
        try (StubRegistry registry = StubRegistry.startWith(identity.context(), true)) {
            registry.answers("/schemas/ids/7", StubRegistry.Answer.schema("AVRO", "\"string\""));

            assertThat(read(secured(
                            registry.url(), "SERVER_ROOT_CA_CERTIFICATE", "ca", "CLIENT_CERTIFICATE_TLS_AUTH", "me")))
                    .isEqualTo("k");
            assertThatThrownBy(() -> read(secured(registry.url(), "SERVER_ROOT_CA_CERTIFICATE", "ca")))
                    .isInstanceOf(RetriableException.class);
        }
    }

    private Object read(KafkaSchemaRegistryConfig config) throws Exception {
        Map<String, String> options =
                SchemaOptions.of(Registries.mapping(config), AwsSettings.SDK_DEFAULTS, secrets::get);
        Converter converter =
                new SchemaConverters().create(options.get("valueConverter"), AwsSettings.of(name -> null));
        Map<String, String> own = new HashMap<>();
        properties(options).forEach((name, value) -> own.put(name.substring("value-converter.".length()), value));
        converter.configure(own, false);
        return converter
                .toConnectData("orders", Wire.confluent(7, new byte[] {2, 'k'}))
                .value();
    }

    /** @param accesses types and URIs in turn */
    private static KafkaSchemaRegistryConfig secured(String url, String... accesses) {
        KafkaSchemaRegistryAccessConfig[] configs = new KafkaSchemaRegistryAccessConfig[accesses.length / 2];
        for (int i = 0; i < configs.length; i++) {
            configs[i] = KafkaSchemaRegistryAccessConfig.builder()
                    .type(accesses[2 * i])
                    .uri(accesses[2 * i + 1])
                    .build();
        }
        return Registries.registry(url, "JSON", "VALUE").accessConfigs(configs).build();
    }

    @SuppressWarnings("unchecked") // A JSON object of texts.
    private static Map<String, String> properties(Map<String, String> options) throws Exception {
        return JsonMapper.builder().build().readValue(options.get("connectProperties"), Map.class);
    }
}
