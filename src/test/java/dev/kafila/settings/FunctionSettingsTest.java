package dev.kafila.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionSettingsTest {
    private static final Map<String, String> NOTHING = Map.of();

    @ParameterizedTest
    @ValueSource(strings = {"KAFKA_BOOSTRAP_SERVERS", "KAFKA_BOOTSTRAP_SERVERS"})
    void theVariablesOfTheOriginalAreEnough(String brokers) {
        Map<String, String> properties = load(Map.of(
                        brokers,
                        "b-1.example:9098,b-2.example:9098",
                        "REGION",
                        "eu-central-1",
                        "GLUE_REGISTRY_NAME",
                        "shop",
                        "KAFILA_GATEWAY_TOPICS",
                        "orders"))
                .camelProperties();

        assertThat(properties)
                .containsEntry("kafila.kafka.brokers", "b-1.example:9098,b-2.example:9098")
                .containsEntry("kafila.aws.region", "eu-central-1")
                .containsEntry("kafila.gateway.registry", "shop");
    }

    @Test
    void theRightSpellingWins() {
        Map<String, String> variables =
                Map.of("KAFKA_BOOSTRAP_SERVERS", "wrong.example:1", "KAFKA_BOOTSTRAP_SERVERS", "right.example:1");

        assertThat(property("kafila.kafka.brokers", variables)).isEqualTo("right.example:1");
    }

    @Test
    void namesOfKafilaWin() {
        Map<String, String> variables = Map.of(
                "REGION", "eu-central-1",
                "KAFILA_AWS_REGION", "eu-west-1",
                "GLUE_REGISTRY_NAME", "shop",
                "KAFILA_GATEWAY_REGISTRY", "warehouse",
                "KAFKA_BOOTSTRAP_SERVERS", "b.example:1",
                "KAFILA_KAFKA_BROKERS", "a.example:1");

        assertThat(property("kafila.aws.region", variables)).isEqualTo("eu-west-1");
        assertThat(property("kafila.gateway.registry", variables)).isEqualTo("warehouse");
        assertThat(property("kafila.kafka.brokers", variables)).isEqualTo("a.example:1");
    }

    @Test
    void aFunctionLogsInByIamUnlessItIsToldOtherwise() {
        assertThat(property("kafila.kafka.security-protocol", NOTHING)).isEqualTo("SASL_SSL");
        assertThat(property("kafila.kafka.sasl-mechanism", NOTHING)).isEqualTo("AWS_MSK_IAM");

        Map<String, String> open = Map.of("KAFILA_KAFKA_SECURITY_PROTOCOL", "PLAINTEXT");
        assertThat(property("kafila.kafka.security-protocol", open)).isEqualTo("PLAINTEXT");
        assertThat(property("kafila.kafka.sasl-mechanism", open)).isEmpty();

        Map<String, String> scram = Map.of("KAFILA_KAFKA_SASL_MECHANISM", "SCRAM-SHA-512");
        assertThat(property("kafila.kafka.security-protocol", scram)).isEqualTo("SASL_SSL");
        assertThat(property("kafila.kafka.sasl-mechanism", scram)).isEqualTo("SCRAM-SHA-512");
    }

    @Test
    void whereToWriteHasToBeSaidAndEverythingWrongIsToldAtOnce() {
        assertThat(problems(Map.of("KAFILA_GATEWAY_FRAMING", "xml")))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem)
                                .startsWith("kafila.gateway.topics: is required; set KAFILA_GATEWAY_TOPICS"),
                        problem -> assertThat(problem)
                                .startsWith("kafila.kafka.brokers: is required; set KAFILA_KAFKA_BROKERS")
                                .endsWith("KAFKA_BOOTSTRAP_SERVERS"),
                        problem -> assertThat(problem).startsWith("kafila.gateway.framing (environment variable"));
    }

    @Test
    void aWrongVariableIsLookedForInTheEnvironment() {
        assertThat(problems(Map.of("KAFILA_GATEWAY_TOPICS", "orders", "KAFKA_BOOSTRAP_SERVERS", "no port")))
                .singleElement()
                .asString()
                .startsWith("kafila.kafka.brokers (environment): must be");
    }

    private static String property(String name, Map<String, String> more) {
        Map<String, String> variables =
                new HashMap<>(Map.of("KAFILA_GATEWAY_TOPICS", "orders", "KAFKA_BOOTSTRAP_SERVERS", "any.example:1"));
        variables.putAll(more);
        return load(variables).camelProperties().get(name);
    }

    private static List<String> problems(Map<String, String> variables) {
        return catchThrowableOfType(SettingsException.class, () -> load(variables))
                .problems();
    }

    /** With the jar's own file, which says PLAINTEXT. */
    private static Settings load(Map<String, String> variables) {
        return FunctionSettings.load(new Sources(Map.of(), variables, Map.of(), Sources.ofJar()));
    }
}
