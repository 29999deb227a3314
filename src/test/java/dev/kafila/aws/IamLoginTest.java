package dev.kafila.aws;

import static dev.kafila.sandbox.SecuredBroker.ACCESS_KEY_ID;
import static dev.kafila.sandbox.SecuredBroker.SECRET_ACCESS_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.sandbox.SecuredBroker;
import dev.kafila.sandbox.SecuredBroker.Listener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logins by IAM of everything that speaks to Kafka in an application, to a broker that recomputes each signature. */
@Timeout(120)
class IamLoginTest {
    private static final String REGION = "aws.region";
    private static final String KEY = "kafila.aws.access-key-id";
    private static final String SECRET = "kafila.aws.secret-access-key";

    private static SecuredBroker broker;
    private static int number;

    private final String topic = "iam-" + number++;

    @TempDir
    private Path directory;

    private Application application;

    @BeforeAll
    static void start() {
        // The name of a broker of MSK holds its region, that of a loopback does not.
        System.setProperty(REGION, "eu-west-1");
        broker = SecuredBroker.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
        System.clearProperty(REGION);
    }

    @AfterEach
    void close() throws Exception {
        if (application != null) {
            application.close();
        }
    }

    @Test
    void whoHasTheKeyWritesAndReads() throws Exception {
        broker.open().createTopic(topic, 1);
        broker.allowReads(ACCESS_KEY_ID, topic);
        broker.allowWrites(ACCESS_KEY_ID, topic);
        Workplace workplace = new Workplace(directory);
        workplace.route("reader", "kafka-batch:" + topic + "?groupId=" + topic + "&lingerMs=0", "mock:read");
        start(Listener.IAM, Map.of(KEY, ACCESS_KEY_ID, SECRET, SECRET_ACCESS_KEY));

        Workplace.ask(application, "direct:writer", "hello");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> broker.open().committed(topic).containsValue(1L));
    }

    @Test
    void keysOfAProviderClassAreUsedWhereNoneAreSet() throws Exception {
        broker.open().createTopic(topic, 1);
        broker.allowWrites(ACCESS_KEY_ID, topic);
        start(Listener.IAM, Map.of("kafila.aws.credentials-provider", KnownKey.class.getName()));

        Workplace.ask(application, "direct:writer", "hello");

        assertThat(broker.open().records(topic)).hasSize(1);
    }

    @Test
    void optionsOfAWSsLoginModuleAreForAWSsHandler() throws Exception {
        broker.open().createTopic(topic, 1);
        broker.allowWrites(ACCESS_KEY_ID, topic);
        System.setProperty("aws.accessKeyId", ACCESS_KEY_ID);
        System.setProperty("aws.secretAccessKey", SECRET_ACCESS_KEY);
        try {
            start(
                    Listener.IAM,
                    Map.of(
                            "kafila.kafka.sasl-jaas-config",
                            "software.amazon.msk.auth.iam.IAMLoginModule required awsMaxRetries=\"0\";"));

            Workplace.ask(application, "direct:writer", "hello");
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }

        assertThat(broker.open().records(topic)).hasSize(1);
    }

    @Test
    void aWrongSecretIsRefused() throws Exception {
        start(Listener.IAM, Map.of(KEY, ACCESS_KEY_ID, SECRET, "wrong"));

        assertThatThrownBy(() -> Workplace.ask(application, "direct:writer", "hello"))
                .hasRootCauseInstanceOf(SaslAuthenticationException.class)
                .hasStackTraceContaining("x-amz-signature is not right");
    }

    @Test
    void anExpiredSignatureIsRefused() throws Exception {
        start(Listener.LATEIAM, Map.of(KEY, ACCESS_KEY_ID, SECRET, SECRET_ACCESS_KEY));

        assertThatThrownBy(() -> Workplace.ask(application, "direct:writer", "hello"))
                .hasRootCauseInstanceOf(SaslAuthenticationException.class)
                .hasStackTraceContaining("x-amz-expires is not right");
    }

    private void start(Listener listener, Map<String, String> settings) throws Exception {
        Path certificate = Files.writeString(directory.resolve("ca.pem"), broker.certificate());
        Map<String, String> all = new HashMap<>(Map.of(
                "kafila.kafka.brokers", broker.address(listener),
                "kafila.kafka.security-protocol", "SASL_SSL",
                "kafila.kafka.sasl-mechanism", "AWS_MSK_IAM",
                "kafila.kafka.ssl-truststore-location", certificate.toString(),
                "kafila.kafka.ssl-truststore-type", "PEM",
                "kafila.kafka.properties.max.block.ms", "5000"));
        all.putAll(settings);
        Workplace workplace = new Workplace(directory);
        workplace.route("writer", "direct:writer", "kafka:" + topic);
        application = workplace.start(all);
    }
}
