package dev.kafila.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingCheckTest {
    private static final String P = "kafila.mapping.";

    private static Given mappings() {
        return Given.nothing().file(P + "enabled", "true");
    }

    @Test
    void mappingsNeedNothingButToBeOn() {
        MappingSettings settings = mappings().load().mapping();

        assertThat(settings.enabled()).isTrue();
        assertThat(settings.api().host()).isEqualTo("127.0.0.1");
        assertThat(settings.allowed().brokers()).containsExactly("localhost:9092");
        assertThat(settings.allowed().registries()).isEmpty();
        assertThat(settings.allowed().secretArns()).isEmpty();
        assertThat(Given.nothing().load().mapping().enabled()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port|70000|from 0 to 65535",
                "account|12|12 digits",
                "topic|a topic|a topic name",
                "max-pollers|0|from 1 to 2000",
                "scaling-interval|10|a duration",
                "drain-timeout|10m|must be below half of max.poll.interval.ms",
                "secrets.orders.pasword|x|certificate, key, passphrase, password, username",
                "secrets.orders|x|certificate, key, passphrase, password, username",
                "clusters.orders.urn|x|arn, brokers",
            })
    void whatDoesNotFitIsRefusedByItsKey(String name, String value, String problem) {
        assertThat(mappings().file(P + name, value).problems())
                .anySatisfy(told -> assertThat(told).contains(P + name, problem));
    }

    @Test
    void aClusterNeedsItsArnAndItsBrokers() {
        assertThat(mappings()
                        .file(P + "clusters.orders.arn", "arn:aws:kafka:eu-west-1:123456789012:cluster/orders/1")
                        .problems())
                .containsExactly(P + "clusters.orders.brokers: is required, as others of orders are set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.1", "kafila.example"})
    void anApiForOtherMachinesNeedsAccessKeys(String host) {
        assertThat(mappings().file(P + "host", host).problems())
                .singleElement()
                .asString()
                .contains(P + "host", "requests must be signed", P + "access-keys.<access key id>");
        assertThat(mappings()
                        .file(P + "host", host)
                        .file(P + "access-keys.AKIDEXAMPLE", "secret")
                        .problems())
                .isEmpty();
    }

    @Test
    void whatARequestMayNameIsReadFromFamiliesAndLists() {
        MappingSettings.Allowed allowed = mappings()
                .file(P + "brokers", "b-1:9092, SASL_PLAINTEXT://b-2:9093")
                .file(P + "secrets.Orders.username", "ann")
                .environment("KAFILA_MAPPING_SECRETS_ORDERS_PASSWORD", "hunter2")
                .file(P + "secret-arns", "arn:aws:secretsmanager:*:123456789012:secret:kafila/*")
                .file(P + "clusters.orders.arn", "arn:aws:kafka:eu-west-1:123456789012:cluster/orders/1")
                .file(P + "clusters.orders.brokers", "b-3:9098,b-4:9098")
                .load()
                .mapping()
                .allowed();

        assertThat(allowed.brokers()).containsExactly("b-1:9092", "SASL_PLAINTEXT://b-2:9093");
        assertThat(allowed.secrets().get("orders"))
                .containsOnly(entry("username", "ann"), entry("password", "hunter2"));
        assertThat(allowed.secretArns()).containsExactly("arn:aws:secretsmanager:*:123456789012:secret:kafila/*");
        assertThat(allowed.clusters())
                .containsOnly(entry(
                        "arn:aws:kafka:eu-west-1:123456789012:cluster/orders/1", List.of("b-3:9098", "b-4:9098")));
    }

    @Test
    void accessKeysComeFromTheEnvironmentTooWhoseNamesAreLowerCase() {
        MappingSettings settings = mappings()
                .environment("KAFILA_MAPPING_ACCESS_KEYS_AKIDEXAMPLE", "secret")
                .load()
                .mapping();

        assertThat(settings.api().accessKeys().get("AKIDEXAMPLE")).isEqualTo("secret");
    }

    @Test
    void noTextOfTheSettingsHoldsASecret() {
        Settings settings = mappings()
                .file(P + "secrets.orders.password", "hunter2")
                .file(P + "access-keys.AKIDEXAMPLE", "hunter3")
                .load();

        assertThat(settings.toString()).contains("orders", "AKIDEXAMPLE").doesNotContain("hunter");
        assertThat(settings.camelProperties().toString()).doesNotContain("hunter");
    }
}
