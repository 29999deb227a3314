package dev.kafila.mapping.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.aws.AwsSettings;
import dev.kafila.mapping.Allowance;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SourceClientsTest {

    @Test
    void whatThisProcessLogsInWithIsNoneOfAMappings() {
        Properties process = new Properties();
        process.put("ssl.keystore.location", "/own.p12");
        process.put("sasl.jaas.config", "own");
        process.put("security.providers", "own");
        process.put("bootstrap.servers", "own:9092");
        process.put("max.poll.records", "500");

        assertThat(clients("theirs:9092").ofConsumer(process))
                .containsOnlyKeys(
                        "bootstrap.servers", "max.poll.records", "security.protocol", "allow.auto.create.topics")
                .containsEntry("bootstrap.servers", "theirs:9092")
                .containsEntry("security.protocol", "PLAINTEXT")
                .containsEntry("allow.auto.create.topics", "false");
    }

    @Test
    void aMappingThatIsNoLongerAllowedGetsNoClient() {
        assertThatThrownBy(() -> clients("others:9092").getConsumer(new Properties()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("kafila.mapping.brokers");
    }

    private static SourceClients clients(String broker) {
        Allowance allowance = new Allowance(PollerFixture.allowed("theirs:9092"));
        return new SourceClients(
                PollerFixture.mapping(broker, "orders", "orders", configuration -> {})
                        .configuration(),
                allowance,
                new Secrets(allowance, AwsSettings.SDK_DEFAULTS));
    }
}
