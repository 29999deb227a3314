package dev.kafila.migrate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import dev.kafila.schema.RegistryServer;
import dev.kafila.schema.SharedRegistry;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is imported runs once its placeholders are filled in, against a real broker and over the real wire. */
class ImportedRoutesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FUNCTION = "on-order";
    private static final String[] KEYS = {"aws.accessKeyId", "aws.secretAccessKey"};

    private static SandboxBroker broker;
    private static int number;

    private final SandboxAws aws = SandboxAws.start();
    private final String topic = "orders-" + number++;

    @TempDir
    private Path directory;

    private final Map<String, String> everywhere = new HashMap<>();
    private Imported imported;
    private Application application;

    @BeforeAll
    static void start() {
        broker = SandboxBroker.start();
        // As the environment of a worker would have them.
        for (String key : KEYS) {
            System.setProperty(key, "example");
        }
    }

    @AfterAll
    static void stop() {
        for (String key : KEYS) {
            System.clearProperty(key);
        }
        broker.close();
    }

    @AfterEach
    void close() throws Exception {
        if (application != null) {
            application.close();
        }
        aws.close();
    }

    @Test
    void nordstromsExampleRuns() throws Exception {
        imported = Imported.example(directory, "nordstrom-rest.json");
        run(Map.of("topics", topic, "function", FUNCTION, "region", "eu-west-1"));

        send("k-1", "hello");

        JsonNode payload = payload();
        assertThat(payload.path("key").asText()).isEqualTo("k-1");
        assertThat(payload.path("value").asText()).isEqualTo("hello");
        assertThat(payload.has("timestampTypeName")).isTrue();
        awaitCommit("connect-example-lambda-connector");
    }

    /** The examples leave to the worker where the registry is. */
    @ExtendWith(SharedRegistry.class)
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    nordstrom-plain | "Struct{language=ENGLISH,greeting=hello, world}"
                    nordstrom-json  | {"language":"ENGLISH","greeting":"hello, world"}
                    """)
    void nordstromsPayloadsAreThoseOfItsDocument(String example, String value, RegistryServer registry)
            throws Exception {
        String converter = "value.converter=io.confluent.connect.avro.AvroConverter\n";
        String text = Files.readString(Path.of("src/test/resources/import", example + ".json"))
                .replace(converter, converter + "value.converter.schema.registry.url=" + registry.confluent() + "\n");
        Files.writeString(directory.resolve(example + ".json"), text);
        imported = Imported.run(directory, "", example + ".json");
        run(Map.of("topics", topic, "function", FUNCTION, "region", "eu-west-1"));
        int schema = registry.avro(topic + "-value", """
                {"type":"record","name":"Hello","doc":"An example Avro-encoded `Hello` message.",
                 "namespace":"com.nordstrom.kafka.example","fields":[
                  {"name":"language","type":{"type":"enum","name":"language","symbols":["ENGLISH","FRENCH","ITALIAN","SPANISH"]}},
                  {"name":"greeting","type":"string"}]}""");

        // ENGLISH is the first of the symbols; 24 says that 12 letters follow.
        ByteBuffer record = ByteBuffer.allocate(19).put((byte) 0).putInt(schema).put(new byte[] {0, 24});
        send("my_key", record.put("hello, world".getBytes(UTF_8)).array());

        JsonNode payload = payload();
        assertThat(payload.path("value")).hasToString(value);
        assertThat(payload.path("valueSchemaName").asText()).isEqualTo("com.nordstrom.kafka.example.Hello");
        assertThat(payload.path("valueSchemaVersion").asText()).isEqualTo(example.endsWith("json") ? "1" : "");
    }

    @Test
    void confluentsPropertyBasedExampleRuns() throws Exception {
        imported = Imported.example(directory, "confluent.properties");
        confluent();
    }

    @Test
    void confluentsRestBasedExampleRuns() throws Exception {
        imported = Imported.example(directory, "confluent-rest.json");
        confluent();
    }

    private void confluent() throws Exception {
        // The example takes the region from the environment.
        everywhere.put("kafila.aws.region", "eu-west-1");
        run(Map.of("topics", topic, "function", FUNCTION));

        send("k-1", "hello");

        JsonNode payload = payload().path(0).path("payload");
        assertThat(payload.path("topic").asText()).isEqualTo(topic);
        assertThat(payload.path("key").asText()).isEqualTo("k-1");
        assertThat(payload.path("value").asText()).isEqualTo("hello");
        awaitCommit("connect-LambdaSinkConnector");
    }

    @Test
    void confluentsResponseTopicExampleWritesAnswersThere() throws Exception {
        imported = Imported.example(directory, "confluent-response-topic.properties");
        String answers = topic + "-answers";
        // It would be created with three replicas, as the connector's is, and there is one broker.
        broker.createTopic(answers, 1);
        aws.function(FUNCTION).byDefault(Answer.ok("[{\"status_code\": 200}]"));
        everywhere.put("kafila.aws.region", "eu-west-1");

        run(Map.of(
                "topics", topic,
                "function", FUNCTION,
                "response-topic", answers,
                "reporter-brokers", broker.bootstrapServers()));
        send("k-1", "hello");

        awaitCommit("connect-confluent-response-topic");
        assertThat(broker.records(answers)).singleElement().satisfies(answer -> {
            assertThat(new String(answer.key(), UTF_8)).isEqualTo("k-1");
            assertThat(JSON.readTree(answer.value())
                            .path("value")
                            .path("status_code")
                            .asInt())
                    .isEqualTo(200);
        });
    }

    @Test
    void confluentsErrorTopicExampleWritesFailuresThereAndGoesOn() throws Exception {
        imported = Imported.example(directory, "confluent-error-topic.properties");
        String errors = topic + "-errors";
        broker.createTopic(errors, 1);
        aws.function(FUNCTION).byDefault(Answer.status(400, "InvalidRequestContentException"));
        everywhere.put("kafila.aws.region", "eu-west-1");

        run(Map.of(
                "topics", topic,
                "function", FUNCTION,
                "error-topic", errors,
                "reporter-brokers", broker.bootstrapServers()));
        send("k-1", "hello");

        awaitCommit("connect-confluent-error-topic");
        assertThat(broker.records(errors))
                .singleElement()
                .satisfies(error -> assertThat(new String(error.value(), UTF_8)).isEqualTo("hello"));
    }

    @Test
    void whatIsNotFilledInStopsTheStartWithItsKey() throws Exception {
        imported = Imported.example(directory, "nordstrom-rest.json");

        assertThatThrownBy(() -> run(Map.of("topics", topic, "region", "eu-west-1")))
                .hasMessageContaining("connect.example-lambda-connector.function");
    }

    @Test
    void secretsArriveWithAllTheirSigns() throws Exception {
        String secret = "a+b/c%20d&e=f?g#h(i)j";
        imported = Imported.run(directory, """
                {"name": "keys", "config": {
                  "connector.class": "io.confluent.connect.aws.lambda.AwsLambdaSinkConnector",
                  "topics": "%s",
                  "key.converter": "org.apache.kafka.connect.storage.StringConverter",
                  "value.converter": "org.apache.kafka.connect.storage.StringConverter",
                  "aws.lambda.function.name": "on-order",
                  "aws.lambda.region": "eu-west-1",
                  "aws.access.key.id": "AKIDEXAMPLE",
                  "aws.secret.access.key": "written nowhere"}}
                """.formatted(topic), "-");
        aws.function(FUNCTION).byDefault(Answer.ok());

        run(Map.of("access-key-id", "AKIDEXAMPLE", "secret-access-key", secret));

        assertThat(application.camelContext().resolvePropertyPlaceholders("{{connect.keys.secret-access-key}}"))
                .isEqualTo(secret);
        send("k-1", "hello");
        payload();
        assertThat(imported.everything()).doesNotContain("AKIDEXAMPLE", "written nowhere");
    }

    @Test
    void severalRunBesideEachOther() throws Exception {
        String other = topic + "-other";
        broker.createTopic(other, 1);
        imported = Imported.run(directory, nordstrom("one", topic) + nordstrom("two", other), "-");
        run(Map.of());

        send("k-1", "hello");
        broker.producer()
                .send(new ProducerRecord<>(other, "k-2".getBytes(UTF_8), "there".getBytes(UTF_8)))
                .get();

        awaitCommit("connect-one");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> broker.committed("connect-two").containsValue(1L));
    }

    @Test
    void aPatternOfTopicsIsTheConnectors() throws Exception {
        String pattern = "(" + topic + "|none)-?\\\\d+[ab]+$";
        broker.createTopic(topic + "-7ab", 1);
        imported = Imported.run(
                directory,
                nordstrom("pattern", "").replace("\"topics\": \"\"", "\"topics.regex\": \"" + pattern + "\""),
                "-");
        run(Map.of());

        broker.producer()
                .send(new ProducerRecord<>(topic + "-7ab", "k-1".getBytes(UTF_8), "hello".getBytes(UTF_8)))
                .get();

        assertThat(payload().path(0).path("topic").asText()).isEqualTo(topic + "-7ab");
    }

    @Test
    void recordsThatConnectWouldSetAsideAreDeadLettered() throws Exception {
        String letters = topic + "-dlq";
        broker.createTopic(letters, 1);
        imported = Imported.run(
                directory,
                nordstrom("letters", topic)
                        .replace(
                                "\"topics\"",
                                "\"errors.tolerance\": \"all\", \"errors.deadletterqueue.topic.name\": \"" + letters
                                        + "\", \"topics\""),
                "-");
        aws.function(FUNCTION).answersWhen(i -> i.text().contains("poison"), Answer.status(400, "Invalid"));
        run(Map.of());

        send("k-1", "poison");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> broker.records(letters).size() == 1);
    }

    private String nordstrom(String name, String topics) {
        return """
                {"name": "%s", "config": {
                  "connector.class": "com.nordstrom.kafka.connect.lambda.LambdaSinkConnector",
                  "topics": "%s",
                  "key.converter": "org.apache.kafka.connect.storage.StringConverter",
                  "value.converter": "org.apache.kafka.connect.storage.StringConverter",
                  "aws.region": "eu-west-1",
                  "aws.lambda.function.arn": "on-order"}}
                """.formatted(name, topics);
    }

    /** Fills in what the import left open and starts what it wrote; nothing waits for more records. */
    private void run(Map<String, String> filled) throws Exception {
        assertThat(imported.errors()).isEmpty();
        broker.createTopic(topic, 1);
        Properties lines = new Properties();
        lines.load(new StringReader(imported.properties()));
        Map<String, String> settings = new HashMap<>(everywhere);
        lines.stringPropertyNames().forEach(name -> settings.put(name, lines.getProperty(name)));
        String prefix = "connect." + imported.route().path("id").asText().replace("-to-lambda", "") + ".";
        filled.forEach((name, value) -> settings.put(prefix + name, value));
        settings.put("kafila.kafka.brokers", broker.bootstrapServers());
        settings.put("kafila.aws.endpoint", aws.endpoint().toString());
        imported.withoutLinger();
        application = new Workplace(directory).start(settings);
    }

    private void send(String key, String value) throws Exception {
        send(key, value.getBytes(UTF_8));
    }

    private void send(String key, byte[] value) throws Exception {
        broker.producer()
                .send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value))
                .get();
    }

    private JsonNode payload() throws Exception {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> aws.function(FUNCTION).deliveredCount() == 1);
        return JSON.readTree(aws.function(FUNCTION).delivered().get(0).text());
    }

    private void awaitCommit(String group) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Long.valueOf(1).equals(broker.committed(group).get(new TopicPartition(topic, 0))));
    }
}
