package dev.kafila.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.batch.KafkaBatchComponent;
import java.util.Map;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.main.Main;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the settings hand to Camel, as Camel itself understands it. */
@Timeout(60)
class CamelPropertiesTest {

    @Test
    void everySettingHasAPropertySoThatItsPlaceholderResolves() {
        Map<String, String> properties = Given.nothing().load().camelProperties();

        assertThat(properties)
                .containsKeys(Catalogue.named().map(Key::name).toArray(String[]::new))
                .containsEntry("kafila.lambda.topics", "");
    }

    @Test
    void durationsAreMillisecondsAndSizesAreBytes() {
        Map<String, String> properties = Given.nothing()
                .file("kafila.lambda.linger", "PT1.5S")
                .file("kafila.lambda.retry-delay", "1m30s")
                .file("kafila.lambda.retry-delay-max", "1h")
                .file("kafila.lambda.batch-bytes", "64KB")
                .load()
                .camelProperties();

        assertThat(properties)
                .containsEntry("kafila.lambda.linger", "1500")
                .containsEntry("kafila.lambda.retry-delay", "90000")
                .containsEntry("kafila.lambda.retry-delay-max", "3600000")
                .containsEntry("kafila.lambda.timeout", "300000")
                .containsEntry("kafila.lambda.batch-bytes", "64000")
                .containsEntry("kafila.lambda.buffer-bytes", "67108864");
    }

    @Test
    void theLimitOfOneRequestFollowsTheInvocationType() {
        assertThat(Given.nothing().property("kafila.lambda.payload-limit")).isEqualTo("6291556");

        Given async = Given.nothing().file("kafila.lambda.invocation-type", "async");
        assertThat(async.property("kafila.lambda.payload-limit")).isEqualTo("1048576");
        assertThat(async.property("kafila.lambda.batch-bytes")).isEqualTo("1048576");
    }

    @Test
    void aPatternOfTopicsLosesItsSlashesAndSurvivesBeingDecoded() {
        Given given = Given.aRoute().file("kafila.lambda.topics", "/orders-[a-z]{2,3}/");

        assertThat(given.property("kafila.lambda.topics")).isEqualTo("orders-%25255Ba-z%25255D%25257B2,3%25257D");
        assertThat(given.property("kafila.lambda.topic-is-pattern")).isEqualTo("true");
        assertThat(given.property("kafila.lambda.topic-names")).isEmpty();
    }

    @Test
    void namesOfTopicsAreSeparatedByCommasAlone() {
        Given given = Given.aRoute().file("kafila.lambda.topics", "orders, returns ,orders");

        assertThat(given.property("kafila.lambda.topics")).isEqualTo("orders,returns");
        assertThat(given.property("kafila.lambda.topic-is-pattern")).isEqualTo("false");
        assertThat(given.property("kafila.lambda.topic-names")).isEqualTo("orders,returns");
    }

    @ParameterizedTest
    @CsvSource({"stop-partition,stop-partition", "stop,stop", "drop,retry", "dead-letter,retry", "retry,retry"})
    void theConsumerStopsWhereThePolicyStopsAndGoesOnWhereItGoesOn(String policy, String consumer) {
        Given given = Given.aRoute()
                .file("kafila.lambda.on-failure", policy)
                .file("kafila.lambda.dead-letter", "kafka:orders-dlt");

        assertThat(given.property("kafila.lambda.consumer-on-failure")).isEqualTo(consumer);
    }

    @Test
    void aBeanIsNamedAsTheRegistryNamesIt() {
        assertThat(Given.nothing().file("kafila.lambda.format", "#shopFormat").property("kafila.lambda.format"))
                .isEqualTo("shopFormat");
    }

    @Test
    void theClusterReachesBothComponents() throws Exception {
        Settings settings = Given.nothing()
                .file("kafila.kafka.brokers", "b-1.example:9096, b-2.example:9096")
                .file("kafila.kafka.security-protocol", "SASL_SSL")
                .file("kafila.kafka.sasl-mechanism", "SCRAM-SHA-512")
                .file("kafila.kafka.sasl-jaas-config", "module required password=\"a+b%2F&c=d;\";")
                .file("kafila.kafka.ssl-truststore-location", "/etc/kafila/trust.p12")
                .file("kafila.kafka.ssl-truststore-type", "PKCS12")
                .file("kafila.kafka.ssl-endpoint-algorithm", "none")
                .environment("KAFILA_KAFKA_PROPERTIES_MAX_POLL_INTERVAL_MS", "120000")
                .load();
        Main main = main(settings);
        try {
            KafkaComponent batch = main.getCamelContext().getComponent("kafka-batch", KafkaBatchComponent.class);
            assertCluster(batch.getConfiguration());
            KafkaComponent kafka = main.getCamelContext().getComponent("kafka", KafkaComponent.class);
            assertCluster(kafka.getConfiguration());
            assertThat(kafka.isAutowiredEnabled()).isFalse();
        } finally {
            main.stop();
        }
    }

    @Test
    void aLoginByIamHasTheCredentialsOfAws() throws Exception {
        Given given = iam().file("kafila.aws.profile", "a \\ \"b\"").file("kafila.aws.region", "eu-west-1");

        String prefix = "camel.component.kafka.configuration.";
        assertThat(given.property(prefix + "additional-properties[sasl.client.callback.handler.class]"))
                .isEqualTo("dev.kafila.aws.IamLogin");
        JaasContext login = JaasContext.loadClientContext(
                Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(given.property(prefix + "sasl-jaas-config"))));
        assertThat(login.configurationEntries()).singleElement().satisfies(entry -> {
            assertThat(entry.getLoginModuleName()).isEqualTo("software.amazon.msk.auth.iam.IAMLoginModule");
            assertThat(entry.getOptions()).isEqualTo(Map.of("profile", "a \\ \"b\"", "region", "eu-west-1"));
        });
    }

    @Test
    void aHandlerOfTheUsersOwnLogsInByIam() {
        Given given = iam().file("kafila.kafka.properties.sasl.client.callback.handler.class", "example.Handler");

        assertThat(given.property("camel.component.kafka-batch.configuration."
                        + "additional-properties[sasl.client.callback.handler.class]"))
                .isEqualTo("example.Handler");
    }

    private static Given iam() {
        return Given.nothing()
                .file("kafila.kafka.security-protocol", "SASL_SSL")
                .file("kafila.kafka.sasl-mechanism", "AWS_MSK_IAM");
    }

    @Test
    void optionsOfCamelFromTheEnvironmentReachWhatTheyName() throws Exception {
        Settings settings = Given.nothing()
                .environment("CAMEL_MAIN_SHUTDOWN_TIMEOUT", "7")
                .environment("CAMEL_COMPONENT_KAFKA_BATCH_CONFIGURATION_CLIENT_ID", "caravan")
                .environment("CAMEL_COMPONENT_KAFKA_CONFIGURATION_CLIENT_ID", "other")
                .environment("CAMEL_COMPONENT_KAFKA_LAZY_START_PRODUCER", "true")
                .environment("CAMEL_SERVER_HOST", "127.0.0.2")
                .load();
        Main main = main(settings);
        try {
            assertThat(main.configure().getShutdownTimeout()).isEqualTo(7);
            assertThat(main.configure().httpServer().getHost()).isEqualTo("127.0.0.2");
            KafkaComponent batch = main.getCamelContext().getComponent("kafka-batch", KafkaBatchComponent.class);
            assertThat(batch.getConfiguration().getClientId()).isEqualTo("caravan");
            KafkaComponent kafka = main.getCamelContext().getComponent("kafka", KafkaComponent.class);
            assertThat(kafka.getConfiguration().getClientId()).isEqualTo("other");
            assertThat(kafka.isLazyStartProducer()).isTrue();
        } finally {
            main.stop();
        }
    }

    @Test
    void anOptionOfCamelWinsOverWhatFollowsFromASetting() {
        Given given = Given.nothing()
                .system("kafila.kafka.brokers", "a.example:9092")
                .file("camel.component.kafkaBatch.configuration.brokers", "b.example:9092");

        assertThat(given.property("camel.component.kafka-batch.configuration.brokers"))
                .isEqualTo("b.example:9092");
        assertThat(given.property("camel.component.kafka.configuration.brokers"))
                .isEqualTo("a.example:9092");
    }

    private static void assertCluster(KafkaConfiguration cluster) {
        assertThat(cluster.getBrokers()).isEqualTo("b-1.example:9096,b-2.example:9096");
        assertThat(cluster.getSecurityProtocol()).isEqualTo("SASL_SSL");
        assertThat(cluster.getSaslMechanism()).isEqualTo("SCRAM-SHA-512");
        assertThat(cluster.getSaslJaasConfig()).isEqualTo("module required password=\"a+b%2F&c=d;\";");
        assertThat(cluster.getSslTruststoreLocation()).isEqualTo("/etc/kafila/trust.p12");
        assertThat(cluster.getSslTruststoreType()).isEqualTo("PKCS12");
        assertThat(cluster.getSslEndpointAlgorithm()).isEqualTo("none");
        assertThat(cluster.getAdditionalProperties()).containsEntry("max.poll.interval.ms", "120000");
    }

    private static Main main(Settings settings) throws Exception {
        Main main = new Main();
        main.setPropertyPlaceholderLocations("false");
        main.configure().setAutoConfigurationEnvironmentVariablesEnabled(false);
        main.configure().setAutoConfigurationSystemPropertiesEnabled(false);
        settings.camelProperties().forEach(main::addOverrideProperty);
        main.start();
        return main;
    }
}
