package dev.kafila.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.CodedOutputStream;
import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import dev.kafila.sandbox.SandboxFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From a real registry and a real broker to a function, by the settings that users write. */
@ExtendWith(SharedRegistry.class)
class SchemaFlowTest {
    private static SandboxBroker broker;

    private final RegistryServer registry;
    private final SandboxAws aws = SandboxAws.start();
    private final SandboxFunction function = aws.function("on-order");
    private final String topic = "orders-" + UUID.randomUUID();
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "kafila.kafka.brokers", broker.bootstrapServers(),
            "kafila.aws.endpoint", aws.endpoint().toString(),
            "kafila.aws.region", "eu-west-1",
            "kafila.aws.access-key-id", "AKIDEXAMPLE",
            "kafila.aws.secret-access-key", "secret",
            "kafila.lambda.function", "on-order",
            "kafila.lambda.linger", "50ms",
            "kafila.lambda.retry-delay", "100ms",
            "kafila.lambda.validate", "false"));

    @TempDir
    private Path directory;

    private Application application;

    SchemaFlowTest(RegistryServer registry) {
        this.registry = registry;
    }

    @BeforeAll
    static void start() {
        broker = SandboxBroker.start(Map.of());
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void createTopic() {
        broker.createTopic(topic, 2);
        settings.put("kafila.lambda.topics", topic);
        settings.put("kafila.lambda.group", topic);
        settings.put(
                "kafila.lambda.value-converter.schema.registry.url",
                registry.confluent().toString());
    }

    @AfterEach
    void close() throws Exception {
        if (application != null) {
            application.close();
        }
        aws.close();
    }

    @Test
    void theExampleOfTheConnectorWithAvroComesOutToTheLetter() throws Exception {
        int id = registry.avro(topic + "-value", """
                {"type":"record","name":"Hello","namespace":"com.nordstrom.kafka.example","fields":[
                 {"name":"language","type":{"type":"enum","name":"language","symbols":["ENGLISH","FRENCH"]}},
                 {"name":"greeting","type":"string"}]}""");
        run("io.confluent.connect.avro.AvroConverter", Map.of("format", "json", "batch", "false"));

        send(Wire.confluent(id, new byte[] {0, 24}, "hello, world".getBytes(UTF_8)));

        assertThat(delivered())
                .isEqualTo("{\"key\":\"my_key\",\"keySchemaName\":null,\"keySchemaVersion\":null,"
                        + "\"value\":{\"language\":\"ENGLISH\",\"greeting\":\"hello, world\"},"
                        + "\"valueSchemaName\":\"com.nordstrom.kafka.example.Hello\",\"valueSchemaVersion\":\"1\","
                        + "\"topic\":\"" + topic + "\",\"partition\":1,\"offset\":0,\"timestamp\":1567723257583,"
                        + "\"timestampTypeName\":\"CreateTime\"}");
    }

    @Test
    void protobufIsSentAsJsonInTheEventOfAnEventSourceMapping() throws Exception {
        registry.register(
                topic + "-address",
                "PROTOBUF",
                "syntax = \"proto3\"; package shop; message Address { string street = 1; }");
        int id = registry.register(
                topic + "-value",
                "PROTOBUF",
                "syntax = \"proto3\"; package shop; import \"shop/address.proto\";"
                        + " message Order { int32 id = 1; Address to = 2; repeated string items = 3; }",
                "shop/address.proto=" + topic + "-address");
        byte[] order = new byte[15];
        CodedOutputStream out = CodedOutputStream.newInstance(order);
        out.writeInt32(1, 5);
        out.writeByteArray(2, new byte[] {10, 4, 'M', 'a', 'i', 'n'});
        out.writeString(3, "ham");
        out.checkNoSpaceLeft();
        run("protobuf", Map.of("format", "esm"));

        send(Wire.confluent(id, new byte[] {0}, order));

        JsonNode record = JsonMapper.builder()
                .build()
                .readTree(delivered())
                .path("records")
                .path(topic + "-1")
                .path(0);
        assertThat(new String(Base64.getDecoder().decode(record.path("value").asText()), UTF_8))
                .isEqualTo("{\"id\":5,\"to\":{\"street\":\"Main\"},\"items\":[\"ham\"]}");
        assertThat(record.path("valueSchemaMetadata"))
                .hasToString("{\"dataFormat\":\"PROTOBUF\",\"schemaId\":\"" + id + "\"}");
    }

    @Test
    void jsonWithASchemaKeepsItsDigits() throws Exception {
        int id = registry.register(
                topic + "-value",
                "JSON",
                "{\"type\":\"object\",\"title\":\"Order\",\"properties\":{\"id\":{\"type\":\"integer\"},"
                        + "\"price\":{\"type\":\"number\"}}}");
        run("json-schema", Map.of("format", "json", "batch", "false"));

        send(Wire.confluent(
                id, "{\"id\":9007199254740993,\"price\":0.1000000000000000055,\"more\":[]}".getBytes(UTF_8)));

        assertThat(delivered())
                .contains("\"value\":{\"id\":9007199254740993,\"price\":0.1000000000000000055,\"more\":[]}");
    }

    @Test
    void aRegistryThatIsAwayHoldsRecordsBackAndBlamesNone() throws Exception {
        try (StubRegistry away = StubRegistry.start()) {
            settings.put("kafila.lambda.value-converter.schema.registry.url", away.url());
            settings.put("kafila.lambda.on-failure", "drop");
            away.answers("/schemas/ids/7", new StubRegistry.Answer(503, ""));
            run("avro", Map.of("format", "json", "batch", "false"));
            send(Wire.confluent(7, new byte[] {2, 'k'}));
            await().until(() -> away.asked.size() >= 3);

            assertThat(committed()).isLessThan(1);
            away.answers("/schemas/ids/7", StubRegistry.Answer.schema("AVRO", "\"string\""));

            assertThat(delivered()).contains("\"value\":\"k\"");
        }
    }

    @Test
    void aRecordThatCannotBeReadIsItsOwnFailureAndItsNeighboursGoOn() throws Exception {
        int id = registry.avro(topic + "-value", "\"string\"");
        broker.createTopic(topic + "-dlt", 1);
        settings.put("kafila.lambda.on-failure", "dead-letter");
        settings.put("kafila.lambda.dead-letter", "kafka:" + topic + "-dlt");
        run("avro", Map.of("format", "json", "batch", "false"));

        send("no frame".getBytes(UTF_8));
        send(Wire.confluent(99_999, new byte[] {2, 'x'}));
        send(Wire.confluent(id, new byte[] {2, 'k'}));

        waiting().until(() -> committed() == 3);
        assertThat(delivered()).contains("\"value\":\"k\"");
        assertThat(broker.records(topic + "-dlt")).hasSize(2);
    }

    private void run(String converter, Map<String, String> lambda) throws Exception {
        settings.put("kafila.lambda.value-converter", converter);
        lambda.forEach((name, value) -> settings.put("kafila.lambda." + name, value));
        application = new Workplace(directory).start(settings);
    }

    private void send(byte[] value) throws Exception {
        broker.producer()
                .send(new ProducerRecord<>(topic, 1, 1_567_723_257_583L, "my_key".getBytes(UTF_8), value))
                .get();
    }

    private String delivered() {
        waiting().until(() -> function.delivered().size() == 1);
        return function.delivered().get(0).text();
    }

    private long committed() {
        return broker.committed(topic).getOrDefault(new TopicPartition(topic, 1), -1L);
    }

    private static ConditionFactory waiting() {
        return await().atMost(Duration.ofSeconds(30));
    }
}
