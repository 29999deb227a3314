package dev.kafila.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaCheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"group.id", "enable.auto.commit", "auto.offset.reset", "value.deserializer"})
    void whatCommitsDependOnIsNotFreeToChoose(String property) {
        assertThat(Given.nothing()
                        .file("kafila.kafka.properties." + property, "x")
                        .problems())
                .singleElement()
                .asString()
                .contains("is not free to choose");
    }

    @Test
    void aPropertyOfTheClientThatIsASettingIsRefused() {
        assertThat(Given.nothing()
                        .file("kafila.kafka.properties.security.protocol", "SSL")
                        .problems())
                .containsExactly("kafila.kafka.properties.security.protocol (./application.properties):"
                        + " is a setting of its own; set kafila.kafka.security-protocol");
    }

    @Test
    void credentialsThatTheProtocolIgnoresAreRefused() {
        Given given = Given.nothing().file("kafila.kafka.sasl-mechanism", "PLAIN");

        assertThat(given.problems())
                .containsExactly("kafila.kafka.sasl-mechanism (./application.properties): has no effect with"
                        + " kafila.kafka.security-protocol=PLAINTEXT; set SASL_PLAINTEXT or SASL_SSL");
        assertThat(given.file("kafila.kafka.security-protocol", "SASL_PLAINTEXT")
                        .problems())
                .isEmpty();
    }

    @Test
    void storesThatTheProtocolIgnoresAreRefused() {
        Given given = Given.nothing().file("kafila.kafka.ssl-truststore-location", "/etc/trust.jks");

        assertThat(given.problems()).hasSize(1);
        assertThat(given.file("kafila.kafka.security-protocol", "SSL").problems())
                .isEmpty();
    }

    @Test
    void anIntervalThatIsNotANumberIsRefused() {
        assertThat(Given.nothing()
                        .file("kafila.kafka.properties.max.poll.interval.ms", "5m")
                        .problems())
                .containsExactly("kafila.kafka.properties.max.poll.interval.ms (./application.properties):"
                        + " must be a number of milliseconds, such as 300000");
    }
}
