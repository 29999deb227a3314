package dev.kafila.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kafila.Application;
import dev.kafila.batch.PartitionControl;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.Invocation;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.apache.camel.Route;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a setting does to the records, from what somebody wrote to what the function received. */
@Timeout(120)
class SettingsFlowTest {

    private static SandboxBroker broker;
    private static SandboxAws aws;
    private static int tests;

    @TempDir
    private Path directory;

    private String topic;
    private Application application;

    @BeforeAll
    static void start() {
        broker = SandboxBroker.startSecured();
        aws = SandboxAws.start();
    }

    @AfterAll
    static void stop() {
        aws.close();
        broker.close();
    }

    @BeforeEach
    void createTopic() {
        topic = "orders-" + tests++;
        broker.createTopic(topic, 1);
    }

    @AfterEach
    void close() throws Exception {
        if (application != null) {
            application.close();
        }
        aws.reset();
    }

    @Test
    void aPatternTakesEveryTopicThatItMatchesAndNoOther() throws Exception {
        broker.createTopic(topic + "-dlt", 1);
        String pattern = "(none|" + topic + ")(?!-dlt)[-+ %&#a-z\\d]{0,9}.{0}";
        run(route().file("kafila.lambda.topics", "/" + pattern + "/").file("kafila.lambda.group", "a.b_c:d@e/f-g"));

        produce(topic + "-dlt", "dead");
        produce(topic, "alive");

        assertThat(received(1).text()).contains("\"topic\":\"" + topic + "\"");
        assertThat(aws.function("on-order").received()).hasSize(1);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(broker.committed("a.b_c:d@e/f-g"))
                .containsEntry(new TopicPartition(topic, 0), 1L));
    }

    @Test
    void recordsThatRetentionTookStopThePartitionAsThePolicySays() throws Exception {
        TopicPartition partition = new TopicPartition(topic, 0);
        run(route());
        produce(topic, "first");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(broker.committed(group())).containsEntry(partition, 1L));
        application.close();
        produce(topic, "expired");
        produce(topic, "left");
        broker.deleteRecordsBefore(partition, 2);

        run(route());

        PartitionControl control = control();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(control.stoppedPartitions()).containsKey(partition));
        assertThat(control.stoppedPartitions().get(partition)).contains("records 1 to 1");
        assertThat(broker.committed(group())).containsEntry(partition, 1L);
        assertThat(control.resumePartition(partition)).isTrue();
        assertThat(received(2).text()).contains("\"offset\":2");
    }

    @Test
    void aQualifierAndTheInvocationTypeAreOnTheWire() throws Exception {
        Given given =
                route().file("kafila.lambda.qualifier", "live").environment("KAFILA_LAMBDA_INVOCATION_TYPE", "async");
        run(given);

        produce(topic, "one");

        Invocation invocation = received(1);
        assertThat(invocation.qualifier()).isEqualTo("live");
        assertThat(invocation.type()).isEqualTo("Event");
    }

    @Test
    void attemptsAreCountedOnceAndDeadLettersGoToTheSameCluster() throws Exception {
        broker.createTopic(topic + "-dlt", 1);
        aws.function("on-order").byDefault(Answer.status(500, "ServiceException"));
        Given given = secured(route())
                .file("kafila.lambda.max-attempts", "3")
                .file("kafila.lambda.retry-delay", "10ms")
                .file("kafila.lambda.on-failure", "dead-letter")
                .file("kafila.lambda.dead-letter", "kafka:" + topic + "-dlt?clientId=RAW(a+b)&lingerMs=1");
        run(given);

        produce(topic, "poison");

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(broker.records(topic + "-dlt")).hasSize(1));
        assertThat(aws.function("on-order").received()).hasSize(3);
    }

    @Test
    void noParameterOfADeadLetterAddressIsLost() {
        Given given = route().file(
                        "kafila.lambda.dead-letter", "kafka:" + topic + "-dlt?clientId=RAW(a+b)&noSuchParameter=1");

        assertThatThrownBy(() -> run(given)).hasStackTraceContaining("Unknown parameters=[{noSuchParameter=1}]");
    }

    @Test
    void aCredentialsProviderComesFromThePluginDirectory() throws Exception {
        Path plugins = Files.createDirectories(directory.resolve("plugins"));
        provider(plugins);
        Given given = route().file("kafila.plugins", plugins.toString())
                .file("kafila.aws.access-key-id", "")
                .file("kafila.aws.secret-access-key", "")
                .file("kafila.lambda.aws.credentials-provider", "plug.Keys");
        run(given);

        produce(topic, "one");

        assertThat(received(1).signature().accessKeyId()).isEqualTo("AKIDPLUGIN");
    }

    private Given route() {
        return Given.nothing()
                .file("camel.management.port", "0")
                .file("kafila.kafka.brokers", broker.bootstrapServers())
                .file("kafila.kafka.properties.metadata.max.age.ms", "1000")
                .file("kafila.aws.region", "eu-central-1")
                .file("kafila.aws.endpoint", aws.endpoint().toString())
                .file("kafila.aws.access-key-id", "AKIDEXAMPLE")
                .file("kafila.aws.secret-access-key", "s")
                .file("kafila.lambda.topics", topic)
                .file("kafila.lambda.group", group())
                .file("kafila.lambda.function", "on-order")
                .file("kafila.lambda.format", "plain")
                .file("kafila.lambda.linger", "50ms");
    }

    private static Given secured(Given given) {
        return given.file("kafila.kafka.brokers", broker.scramBootstrap())
                .file("kafila.kafka.security-protocol", "SASL_SSL")
                .file("kafila.kafka.sasl-mechanism", "SCRAM-SHA-512")
                .file(
                        "kafila.kafka.sasl-jaas-config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + broker.user()
                                + "\" password=\"" + broker.password() + "\";")
                .file(
                        "kafila.kafka.ssl-truststore-location",
                        broker.trustStore().toString())
                .file("kafila.kafka.ssl-truststore-password", broker.trustStorePassword())
                .file("kafila.kafka.ssl-truststore-type", "PKCS12");
    }

    private String group() {
        return "group-of-" + topic;
    }

    private PartitionControl control() {
        return application.camelContext().getRoutes().stream()
                .map(Route::getConsumer)
                .filter(PartitionControl.class::isInstance)
                .map(PartitionControl.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private void run(Given given) throws Exception {
        application = Application.start(given.load(), directory);
    }

    private static void produce(String topic, String value) throws Exception {
        broker.producer()
                .send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8)))
                .get();
    }

    /** The last of that many invocations that the function received. */
    private static Invocation received(int count) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> aws.function("on-order").count() >= count);
        List<Invocation> received = new ArrayList<>(aws.function("on-order").received());
        return received.get(received.size() - 1);
    }

    private void provider(Path plugins) throws Exception {
        Path source = Files.createDirectories(directory.resolve("plug")).resolve("Keys.java");
        Files.writeString(source, """
                package plug;
                import software.amazon.awssdk.auth.credentials.*;
                public class Keys implements AwsCredentialsProvider {
                    public AwsCredentials resolveCredentials() {
                        return AwsBasicCredentials.create("AKIDPLUGIN", "s");
                    }
                }
                """);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, OutputStream.nullOutputStream(), System.err, "-proc:none", source.toString());
        assertThat(result).isZero();
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(plugins.resolve("keys.jar")))) {
            jar.putNextEntry(new JarEntry("plug/Keys.class"));
            jar.write(Files.readAllBytes(source.resolveSibling("Keys.class")));
        }
    }
}
