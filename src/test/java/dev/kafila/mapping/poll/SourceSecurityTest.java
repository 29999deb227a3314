package dev.kafila.mapping.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.lambda.model.SourceAccessConfiguration;
import software.amazon.awssdk.services.lambda.model.SourceAccessType;

class SourceSecurityTest {
    private static final Map<String, String> ALL = Map.of(
            "username", "user", "password", "pass", "certificate", "PEM of a certificate", "key", "PEM of a key");

    @Property(tries = 2_000)
    void anyUserAndPasswordArriveAsTheyAre(@ForAll @NotEmpty String user, @ForAll @NotEmpty String password) {
        Map<String, String> properties = SourceSecurity.properties(
                List.of("broker:9092"),
                access("SASL_SCRAM_512_AUTH"),
                name -> new Secret(name, Map.of("username", user, "password", password)));

        assertThat(JaasContext.loadClientContext(
                                Map.of("sasl.jaas.config", new Password(properties.get("sasl.jaas.config"))))
                        .configurationEntries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.getOptions())
                        .asInstanceOf(InstanceOfAssertFactories.MAP)
                        .containsExactlyInAnyOrderEntriesOf(Map.of("username", user, "password", password)));
    }

    @ParameterizedTest
    @CsvSource({
        "'', , PLAINTEXT",
        "'', VPC_SUBNET VPC_SECURITY_GROUP, PLAINTEXT",
        "'', BASIC_AUTH, SASL_SSL",
        "'', SASL_SCRAM_256_AUTH, SASL_SSL",
        "'', SASL_SCRAM_512_AUTH SERVER_ROOT_CA_CERTIFICATE, SASL_SSL",
        "'', CLIENT_CERTIFICATE_TLS_AUTH, SSL",
        "'', SERVER_ROOT_CA_CERTIFICATE, SSL",
        "SSL://, , SSL",
        "PLAINTEXT://, , PLAINTEXT",
        "SASL_SSL://, BASIC_AUTH, SASL_SSL",
        "SASL_PLAINTEXT://, SASL_SCRAM_512_AUTH, SASL_PLAINTEXT",
    })
    void theProtocolFollowsFromTheAccessAndFromWhatTheOperatorSays(String given, String access, String protocol) {
        assertThat(properties(given + "broker:9092", access)).containsEntry("security.protocol", protocol);
    }

    @ParameterizedTest
    @CsvSource({
        "SASL_PLAINTEXT://, BASIC_AUTH",
        "PLAINTEXT://, BASIC_AUTH",
        "PLAINTEXT://, SASL_SCRAM_512_AUTH",
        "PLAINTEXT://, CLIENT_CERTIFICATE_TLS_AUTH",
        "SASL_PLAINTEXT://, SASL_SCRAM_512_AUTH SERVER_ROOT_CA_CERTIFICATE",
        "SASL_PLAINTEXT://, ",
        "SASL_SSL://, ",
        "SSL://, SASL_SCRAM_512_AUTH",
        "'', BASIC_AUTH SASL_SCRAM_512_AUTH",
        "'', VIRTUAL_HOST",
        "GOPHER://, ",
    })
    void whatDoesNotFitTogetherIsRefused(String given, String access) {
        assertThatThrownBy(() -> properties(given + "broker:9092", access))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        refused -> assertThat(refused.problem().reason()).isEqualTo("ESM_CONFIG_NOT_VALID"));
    }

    @Test
    void brokersOfDifferentProtocolsAreRefused() {
        assertThatThrownBy(() -> SourceSecurity.properties(
                        List.of("SSL://one:1", "two:2"), List.of(), name -> new Secret(name, ALL)))
                .hasMessageContaining("different protocols");
    }

    @Test
    void aFieldThatASecretDoesNotHaveIsNamedAndNothingOfTheSecretIs() {
        Secret secret = new Secret("orders", Map.of("username", "somebody"));

        assertThatThrownBy(() -> SourceSecurity.properties(List.of("one:1"), access("BASIC_AUTH"), name -> secret))
                .hasMessageContaining("orders")
                .hasMessageContaining("password")
                .hasMessageNotContaining("somebody");
        assertThat(secret).hasToString("Secret[orders]");
    }

    private static Map<String, String> properties(String broker, String access) {
        return SourceSecurity.properties(
                List.of(broker), access == null ? List.of() : access(access.split(" ")), name -> new Secret(name, ALL));
    }

    private static List<SourceAccessConfiguration> access(String... types) {
        return Arrays.stream(types)
                .map(type -> SourceAccessConfiguration.builder()
                        .type(SourceAccessType.fromValue(type))
                        .uri("secret")
                        .build())
                .toList();
    }
}
