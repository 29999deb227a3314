package dev.kafila.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {

    @Test
    void anUnknownSettingIsRefusedWithTheNearest() {
        assertThat(Given.nothing().file("kafila.lambda.batchsize", "5").problems())
                .containsExactly("kafila.lambda.batchsize (./application.properties): there is no such setting;"
                        + " the nearest is kafila.lambda.batch-size");
    }

    @Test
    void anUnknownVariableIsRefusedWithTheNearest() {
        assertThat(Given.nothing().environment("KAFILA_LAMBDA_TOPIC", "orders").problems())
                .containsExactly("KAFILA_LAMBDA_TOPIC (environment): there is no such setting;"
                        + " the nearest is KAFILA_LAMBDA_TOPICS");
    }

    @Test
    void everyProblemIsReportedAtOnceWithItsSettingAndWhereItWasSet() {
        Given given = Given.nothing()
                .system("kafila.lambda.batch-size", "0")
                .environment("KAFILA_LAMBDA_LINGER", "5 parsecs")
                .file("kafila.lamda.topics", "orders")
                .file("kafila.lambda.topics", "orders");

        assertThat(given.problems())
                .containsExactlyInAnyOrder(
                        "kafila.lambda.batch-size (-D): must be a whole number from 1 to 10000, not \"0\"",
                        "kafila.lambda.linger (environment variable KAFILA_LAMBDA_LINGER): must be a duration with its unit,"
                                + " such as 500ms, 30s, 5m, 1h or PT5S, from 0 to 1h, not \"5 parsecs\"",
                        "kafila.lamda.topics (./application.properties): there is no such setting;"
                                + " the nearest is kafila.lambda.topics",
                        "kafila.lambda.function: is required, because kafila.lambda.topics is set");
        given.assertRefused().hasMessageStartingWith("4 settings are wrong:\n  ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KAFILA_SERVICE_HOST",
                "KAFILA_SERVICE_PORT",
                "KAFILA_SERVICE_PORT_HTTP",
                "KAFILA_PORT",
                "KAFILA_PORT_9876_TCP_ADDR",
                "KAFILA_METRICS_SERVICE_HOST",
                "KAFILA_METRICS_SERVICE_PORT_HTTP",
                "KAFILA_METRICS_PORT",
                "KAFILA_METRICS_PORT_9876_TCP",
                "CAMEL_K_OPERATOR_SERVICE_HOST"
            })
    void whatKubernetesInjectsIsIgnored(String variable) {
        Settings settings =
                Given.nothing().environment(variable, "tcp://10.96.0.11:9876").load();

        assertThat(settings.camelProperties()).doesNotContainValue("tcp://10.96.0.11:9876");
    }

    @Test
    void aVariableThatOnlyLooksInjectedIsRefused() {
        assertThat(Given.nothing().environment("KAFILA_LAMBDA_PORT", "9000").problems())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafila.aws.secret-access-key",
                "kafila.aws.session-token",
                "kafila.aws.proxy-password",
                "kafila.kafka.sasl-jaas-config",
                "kafila.kafka.ssl-key-password",
                "kafila.kafka.properties.ssl.keystore.key",
                "kafila.lambda.dead-letter",
                "kafila.lambda.aws.secret-access-key",
                "kafila.lambda.value-converter.basic.auth.user.info",
                "kafila.no.such.setting"
            })
    void aSecretIsNeverEchoed(String name) {
        Given given = Given.nothing().file(name, "hunter2").file("kafila.lambda.batch-size", "0");

        given.assertRefused().hasMessageNotContaining("hunter2");
    }

    @Test
    void aSecretIsNotInTheTextOfTheSettings() {
        Settings settings = Given.aRoute()
                .file("kafila.aws.access-key-id", "AKIDEXAMPLE")
                .file("kafila.aws.secret-access-key", "hunter2")
                .file("kafila.aws.session-token", "hunter2")
                .file("kafila.kafka.security-protocol", "SASL_SSL")
                .file("kafila.kafka.sasl-jaas-config", "hunter2")
                .load();

        assertThat(settings.toString()).doesNotContain("hunter2");
    }

    @Test
    void aPlaceholderIsRefusedBecauseNothingWouldResolveIt() {
        assertThat(Given.nothing().file("kafila.lambda.group", "{{env:GROUP}}").problems())
                .containsExactly("kafila.lambda.group (./application.properties): placeholders are not resolved here;"
                        + " set the environment variable KAFILA_LAMBDA_GROUP instead");
    }
}
