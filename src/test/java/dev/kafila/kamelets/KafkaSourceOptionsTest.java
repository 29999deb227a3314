package dev.kafila.kamelets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.batch.KafkaBatchEndpoint;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the parameters of the kamelet {@code kafila-kafka-source} become. */
class KafkaSourceOptionsTest {
    private final Main main = new Main();

    @AfterEach
    void close() {
        main.stop();
    }

    @Test
    void securityReachesTheClientToTheLastCharacter() throws Exception {
        String jaas = "org.apache.kafka.common.security.plain.PlainLoginModule required"
                + " username=\"kafila\" password=\"a&b=c+d%#e?f;g\";";

        KafkaConfiguration configuration = configuration(Map.of(
                "brokers", "b-1.example:9092,b-2.example:9092",
                "securityProtocol", "SASL_SSL",
                "saslMechanism", "PLAIN",
                "saslJaasConfig", jaas,
                "sslTruststoreLocation", "/etc/kafila/trust store.p12",
                "sslTruststorePassword", "s3cr&t+%",
                "sslTruststoreType", "PKCS12"));

        assertThat(configuration.getBrokers()).isEqualTo("b-1.example:9092,b-2.example:9092");
        assertThat(configuration.getSecurityProtocol()).isEqualTo("SASL_SSL");
        assertThat(configuration.getSaslMechanism()).isEqualTo("PLAIN");
        assertThat(configuration.getSaslJaasConfig()).isEqualTo(jaas);
        assertThat(configuration.getSslTruststoreLocation()).isEqualTo("/etc/kafila/trust store.p12");
        assertThat(configuration.getSslTruststorePassword()).isEqualTo("s3cr&t+%");
        assertThat(configuration.getSslTruststoreType()).isEqualTo("PKCS12");
    }

    @Test
    void whatIsNotSetIsAsTheComponentIsConfigured() throws Exception {
        main.addInitialProperty("camel.component.kafka-batch.configuration.brokers", "own.example:9092");
        main.addInitialProperty("camel.component.kafka-batch.configuration.security-protocol", "SSL");
        main.addInitialProperty("camel.component.kafka-batch.configuration.ssl-truststore-password", "own");

        KafkaConfiguration configuration = configuration(Map.of());

        assertThat(configuration.getBrokers()).isEqualTo("own.example:9092");
        assertThat(configuration.getSecurityProtocol()).isEqualTo("SSL");
        assertThat(configuration.getSslTruststorePassword()).isEqualTo("own");
        assertThat(configuration.getSaslJaasConfig()).isNull();
        assertThat(configuration.getSaslMechanism()).isEqualTo("GSSAPI");
    }

    @Test
    void aPatternMayHoldWhatAddressesGiveAMeaningTo() throws Exception {
        KafkaConfiguration configuration =
                configuration(Map.of("topics", "orders-(eu|us)\\.[a-z]+", "topicIsPattern", "true"));

        assertThat(configuration.getTopic()).isEqualTo("orders-(eu|us)\\.[a-z]+");
        assertThat(configuration.isTopicIsPattern()).isTrue();
    }

    private KafkaConfiguration configuration(Map<String, String> parameters) throws Exception {
        Map<String, String> all = new TreeMap<>(Map.of("topics", "orders", "group", "kafila"));
        all.putAll(parameters);
        String uri = all.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=RAW(" + parameter.getValue() + ")")
                .collect(Collectors.joining("&", "kamelet:kafila-kafka-source?", ""));
        main.setDefaultPropertyPlaceholderLocation("false");
        main.configure().withAutoStartup(false);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).to("mock:batches");
            }
        });
        main.start();
        return main.getCamelContext().getEndpoints().stream()
                .filter(KafkaBatchEndpoint.class::isInstance)
                .map(endpoint -> ((KafkaBatchEndpoint) endpoint).getConfiguration())
                .findFirst()
                .orElseThrow();
    }
}
