package dev.kafila.interop;

import static dev.kafila.interop.Kcat.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.Application;
import dev.kafila.interop.Kcat.Header;
import dev.kafila.interop.Kcat.Seen;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import dev.kafila.sandbox.SandboxFunction;
import dev.kafila.settings.Settings;
import dev.kafila.settings.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;

/** Records that kcat writes reach the function byte for byte, and kcat reads the dead letters, through the flow as the jar has it. */
class KcatInteropTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String FUNCTION = "on-order";
    private static final SdkBytes EMPTY = bytes("");
    private static final SdkBytes BINARY = bytes("\u0000\u00ff\u00fe\n\u0080");

    @TempDir
    Path directory;

    private SandboxBroker broker;
    private SandboxAws aws;
    private Kcat kcat;
    private Application application;

    @BeforeEach
    void start() throws Exception {
        broker = SandboxBroker.start();
        aws = SandboxAws.start();
        kcat = Kcat.of(broker.bootstrapServers());
        broker.createTopic("orders", 1);
        broker.createTopic("orders-dlt", 1);
    }

    @AfterEach
    void stop() throws Exception {
        if (application != null) {
            application.close();
        }
        aws.close();
        broker.close();
    }

    @Test
    void everyKeyValueAndHeaderReachesTheFunctionByteForByte() throws Exception {
        kcat.produce(
                "orders", 0, bytes("key"), bytes("value"), new Header("h", bytes("1")), new Header("h", bytes("2")));
        kcat.produce("orders", 0, BINARY, BINARY, new Header("none", null), new Header("empty", EMPTY));
        kcat.produce("orders", 0, null, bytes("no key"), new Header("binary", bytes("\u00ff\u0001\u007f\u0080")));
        kcat.produce("orders", 0, bytes("tombstone"), null);
        kcat.produce("orders", 0, EMPTY, EMPTY);

        List<JsonNode> records = delivered(Map.of(), 5);

        assertThat(records).extracting(record -> record.path("offset").asLong()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(records)
                .extracting(record -> decoded(record.path("key")))
                .containsExactly(bytes("key"), BINARY, null, bytes("tombstone"), EMPTY);
        assertThat(records)
                .extracting(record -> decoded(record.path("value")))
                .containsExactly(bytes("value"), BINARY, bytes("no key"), null, EMPTY);
        assertThat(records)
                .extracting(record -> record.path("headers").toString())
                .containsExactly(
                        "[{\"h\":[49]},{\"h\":[50]}]",
                        "[{\"none\":null},{\"empty\":[]}]",
                        "[{\"binary\":[-1,1,127,-128]}]",
                        "[]",
                        "[]");
        assertThat(broker.committed("kafila-lambda")).containsEntry(new TopicPartition("orders", 0), 5L);
    }

    @Test
    void aGroupThatWasAnothersGoesOnWhereThatStopped() throws Exception {
        for (String value : List.of("0", "1", "2", "3", "4")) {
            kcat.produce("orders", 0, bytes("key"), bytes(value));
        }
        kcat.consumeAs("connect-orders", "orders", 2);
        assertThat(broker.committed("connect-orders")).containsValue(2L);

        List<JsonNode> records = delivered(Map.of("kafila.lambda.group", "connect-orders"), 3);

        assertThat(records)
                .extracting(record -> decoded(record.path("value")))
                .containsExactly(bytes("2"), bytes("3"), bytes("4"));
        assertThat(broker.committed("connect-orders")).containsValue(5L);
    }

    @Test
    void compressedRecordsReachTheFunctionToo() throws Exception {
        for (String codec : List.of("gzip", "snappy", "lz4", "zstd")) {
            kcat.produceCompressed("orders", 0, bytes(codec), bytes("squeezed ".repeat(100)), codec);
        }

        List<JsonNode> records = delivered(Map.of(), 4);

        assertThat(records)
                .extracting(record -> decoded(record.path("key")))
                .containsExactly(bytes("gzip"), bytes("snappy"), bytes("lz4"), bytes("zstd"));
        assertThat(records)
                .extracting(record -> decoded(record.path("value")))
                .containsOnly(bytes("squeezed ".repeat(100)));
    }

    @Test
    void aDeadLetterIsTheRecordAndTheReasonAfterIt() throws Exception {
        aws.function(FUNCTION).byDefault(Answer.status(400, "InvalidRequestContentException"));
        kcat.produce(
                "orders",
                0,
                BINARY,
                BINARY,
                new Header("h", bytes("1")),
                new Header("none", null),
                new Header("h", bytes("\u00ff")));
        kcat.produce("orders", 0, bytes("tombstone"), null);
        kcat.produce("orders", 0, null, bytes("no key"));
        long produced =
                JSON.readTree(kcat.consumeAsJson("orders").get(0)).path("ts").asLong();

        carry(Map.of("kafila.lambda.on-failure", "dead-letter", "kafila.lambda.dead-letter", "kafka:orders-dlt"));
        await().atMost(SOON).until(() -> broker.records("orders-dlt").size() == 3);

        List<Seen> letters = kcat.consume("orders-dlt");
        assertThat(letters).extracting(Seen::key).containsExactly(BINARY, bytes("tombstone"), null);
        assertThat(letters).extracting(Seen::value).containsExactly(BINARY, null, bytes("no key"));
        assertThat(letters.get(0).headers()).startsWith("h=1,none=NULL,h=\u00ff,__connect.errors.topic=orders,");
        JsonNode first = JSON.readTree(kcat.consumeAsJson("orders-dlt").get(0));
        assertThat(first.path("ts").asLong()).isEqualTo(produced);
        assertThat(reasons(first))
                .containsEntry("__connect.errors.topic", "orders")
                .containsEntry("__connect.errors.partition", "0")
                .containsEntry("__connect.errors.offset", "0")
                .containsEntry("__connect.errors.connector.name", "kafka-to-lambda")
                .containsEntry("__connect.errors.stage", "TASK_PUT")
                .containsEntry("kafila.error.kind", "permanent")
                .containsEntry("kafila.error.code", "InvalidRequestContentException 400")
                .containsEntry("kafila.attempts", "1")
                .containsEntry("kafila.target", FUNCTION)
                .containsEntry("kafila.redrives", "0")
                .containsKeys(
                        "__connect.errors.task.id",
                        "__connect.errors.class.name",
                        "__connect.errors.exception.class.name",
                        "__connect.errors.exception.message",
                        "__connect.errors.exception.stacktrace",
                        "kafila.first.failure",
                        "kafila.last.failure");
    }

    @Test
    void aDeadLetterThatKcatPutsBackIsTheRecordAgain() throws Exception {
        SandboxFunction function = aws.function(FUNCTION);
        function.answers(Answer.status(400, "InvalidRequestContentException"));
        kcat.produce("orders", 0, bytes("key"), BINARY);

        carry(Map.of("kafila.lambda.on-failure", "dead-letter", "kafila.lambda.dead-letter", "kafka:orders-dlt"));
        await().atMost(SOON).until(() -> broker.records("orders-dlt").size() == 1);
        Seen letter = kcat.consume("orders-dlt").get(0);
        kcat.produce("orders", 0, letter.key(), letter.value(), new Header("kafila.redrives", bytes("0")));
        await().atMost(SOON).until(() -> function.deliveredCount() == 1);

        JsonNode redriven = records(function).get(0);
        assertThat(decoded(redriven.path("key"))).isEqualTo(bytes("key"));
        assertThat(decoded(redriven.path("value"))).isEqualTo(BINARY);
    }

    private List<JsonNode> delivered(Map<String, String> settings, int count) throws Exception {
        SandboxFunction function = aws.function(FUNCTION);
        carry(settings);
        await().atMost(SOON).until(() -> records(function).size() == count);
        application.close();
        return records(function);
    }

    private void carry(Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of(
                "kafila.kafka.brokers", broker.bootstrapServers(),
                "kafila.aws.endpoint", aws.endpoint().toString(),
                "kafila.aws.region", "eu-central-1",
                "kafila.aws.access-key-id", "INTEROP",
                "kafila.aws.secret-access-key", "interop",
                "kafila.lambda.topics", "orders",
                "kafila.lambda.function", FUNCTION,
                "kafila.lambda.validate", "false",
                "camel.management.port", "0"));
        all.putAll(settings);
        application = Application.start(Settings.load(new Sources(all, Map.of(), Map.of(), Map.of())), directory);
    }

    /** What the function took, in the order of its events. */
    private static List<JsonNode> records(SandboxFunction function) throws Exception {
        List<JsonNode> records = new ArrayList<>();
        for (var invocation : function.delivered()) {
            JSON.readTree(invocation.text()).at("/records/orders-0").forEach(records::add);
        }
        return records;
    }

    /** Null where the field is null or left out. */
    private static SdkBytes decoded(JsonNode base64) {
        try {
            return base64.isTextual() ? SdkBytes.fromByteArray(base64.binaryValue()) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> reasons(JsonNode letter) {
        Map<String, String> reasons = new HashMap<>();
        JsonNode headers = letter.path("headers");
        for (int i = 0; i < headers.size(); i += 2) {
            reasons.put(headers.get(i).asText(), headers.get(i + 1).asText());
        }
        return reasons;
    }
}
