package dev.kafila.migrate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.sandbox.EventEntry;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of AWS's EventBridge connector run, against a real broker and over the real wire. */
@Timeout(120)
class ImportedEventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Has ten digits, which AWS refuses; an account has twelve. */
    private static final String PRINTED_ACCOUNT = "1234567890";

    private static final String ACCOUNT = "123456789012";
    private static final String[] KEYS = {"aws.accessKeyId", "aws.secretAccessKey"};

    private final SandboxBroker broker = SandboxBroker.start();
    private final SandboxAws aws = SandboxAws.start();

    @TempDir
    private Path directory;

    private Application application;

    @BeforeAll
    static void permit() {
        // As the environment of a worker would have them.
        for (String key : KEYS) {
            System.setProperty(key, "example");
        }
    }

    @AfterAll
    static void forget() {
        for (String key : KEYS) {
            System.clearProperty(key);
        }
    }

    @BeforeEach
    void declareTheirBus() {
        aws.events().declareBus("kafkabus");
    }

    @AfterEach
    void close() throws Exception {
        if (application != null) {
            application.close();
        }
        aws.close();
        broker.close();
    }

    @Test
    void jsonValuesAreTheEventOfItsDocument() throws Exception {
        run("awslabs-json.json", "json-values-topic");
        Headers headers = new RecordHeaders().add("attempt", "42".getBytes(UTF_8));

        send("json-values-topic", "order-1", "{\"orderItems\":[\"item-1\",\"item-2\"]}".getBytes(UTF_8), headers);

        EventEntry event = events(1).get(0);
        assertThat(event.bus()).isEqualTo("arn:aws:events:us-east-1:" + ACCOUNT + ":event-bus/kafkabus");
        assertThat(event.source()).isEqualTo("kafka-connect.my-json-values-connector");
        assertThat(event.detailType()).isEqualTo("kafka-connect-json-values-topic");
        assertThat(event.resources()).isEmpty();
        JsonNode detail = JSON.readTree(event.detail());
        assertThat(detail.path("key").asText()).isEqualTo("order-1");
        assertThat(detail.path("value")).hasToString("{\"orderItems\":[\"item-1\",\"item-2\"]}");
        assertThat(detail.path("headers")).as("of guessed types").hasToString("[{\"attempt\":42}]");
        awaitCommit("connect-EventBridgeSink-Json", 1);
    }

    @Test
    void aRecordThatIsNoJsonIsInTheDeadLetterTopicThatWasMadeForIt() throws Exception {
        run("awslabs-json-dlq.json", "json-values-topic");
        assertThat(broker.endOffsets("json-dlq")).as("made at the start").hasSize(1);

        send("json-values-topic", "order-1", "no JSON".getBytes(UTF_8), new RecordHeaders());
        send("json-values-topic", "order-2", "{}".getBytes(UTF_8), new RecordHeaders());

        assertThat(JSON.readTree(events(1).get(0).detail()).path("key").asText())
                .isEqualTo("order-2");
        awaitCommit("connect-EventBridgeSink-Json", 2);
        assertThat(broker.records("json-dlq")).singleElement().satisfies(letter -> assertThat(
                        new String(letter.value(), UTF_8))
                .isEqualTo("no JSON"));
    }

    @Test
    void avroOfTwoTopicsIsPutByTheRoleInTheConnectorsName() throws Exception {
        aws.schemas().create("order", "AVRO");
        UUID schema = aws.schemas()
                .register(
                        "order",
                        "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"}]}")
                .orElseThrow();
        run("awslabs-avro.json", "avro-topic-1", "avro-topic-2");
        String key = "{\"schema\":{\"type\":\"string\"},\"payload\":\"order-1\"}";
        byte[] value = ByteBuffer.allocate(19)
                .put(new byte[] {3, 0})
                .putLong(schema.getMostSignificantBits())
                .putLong(schema.getLeastSignificantBits())
                .put((byte) 14)
                .array();

        send("avro-topic-1", key, value, new RecordHeaders());
        send("avro-topic-2", key, value, new RecordHeaders());

        assertThat(events(2))
                .extracting(EventEntry::detailType)
                .containsExactlyInAnyOrder("avro-test-avro-topic-1", "avro-test-avro-topic-2");
        JsonNode detail = JSON.readTree(aws.events().entries().get(0).detail());
        assertThat(detail.path("key").asText()).isEqualTo("order-1");
        assertThat(detail.path("value")).hasToString("{\"id\":7}");
        assertThat(aws.roles().received()).isNotEmpty().allSatisfy(role -> {
            assertThat(role.roleArn()).isEqualTo("arn:aws:iam::" + ACCOUNT + ":role/EventBridgePutEventsRole");
            assertThat(role.sessionName()).isEqualTo("avro-test-connector");
        });
        assertThat(aws.events().received().get(0).signature().accessKeyId())
                .isIn(aws.roles().received().stream()
                        .map(role -> role.accessKeyId())
                        .toList());
    }

    private void run(String example, String... topics) throws Exception {
        for (String topic : topics) {
            broker.createTopic(topic, 1);
        }
        String printed = Files.readString(Path.of("src/test/resources/import", example));
        Files.writeString(directory.resolve(example), printed.replace(PRINTED_ACCOUNT, ACCOUNT));
        Imported imported = Imported.run(directory, "", example);
        assertThat(imported.errors()).isEmpty();
        Properties lines = new Properties();
        lines.load(new StringReader(imported.properties()));
        Map<String, String> settings = new HashMap<>();
        lines.stringPropertyNames().forEach(name -> settings.put(name, lines.getProperty(name)));
        settings.put("kafila.kafka.brokers", broker.bootstrapServers());
        settings.put("kafila.aws.endpoint", aws.endpoint().toString());
        application = new Workplace(directory).start(settings);
    }

    private void send(String topic, String key, byte[] value, Headers headers) throws Exception {
        broker.producer()
                .send(new ProducerRecord<>(topic, 0, key.getBytes(UTF_8), value, headers))
                .get();
    }

    private List<EventEntry> events(int count) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> aws.events().entries("kafkabus").size() == count);
        return aws.events().entries("kafkabus");
    }

    private void awaitCommit(String group, long offset) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> broker.committed(group).containsValue(offset));
    }
}
