package dev.kafila.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kafila.gateway.publish.GatewayFlow;
import dev.kafila.sandbox.SandboxBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each case of the contract from a client of HTTP to a broker, with answers as the document of OpenAPI has them. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpContractTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String EMPTY = "body and topicName can not be empty or null";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private SandboxBroker broker;
    private GatewayFlow flow;
    private OpenApiDocument document;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        document = OpenApiDocument.read();
        broker = SandboxBroker.start();
        broker.createTopic("orders", 1);
        broker.createTopic("denied", 1);
        broker.createTopic("small", 1, Map.of("max.message.bytes", "1000"));
        broker.denyWrites("denied");
        flow = new GatewayFlow(directory, broker.bootstrapServers())
                .topics("orders", "denied", "small", "missing", "unknown")
                .with("kafila.gateway.http", "true")
                .with("kafila.gateway.port", "0")
                .with("kafila.gateway.timeout", "5s");
        Files.delete(directory.resolve("unknown.proto"));
        flow.start();
    }

    @AfterAll
    void stop() throws IOException {
        flow.close();
        broker.close();
    }

    @Test
    void aMessageIsARecordWithItsKeyAndItsHeaders() throws Exception {
        int before = broker.records("orders").size();

        JsonNode answer = answer(
                200,
                "/topics/{topic}",
                post("/topics/orders?verbose=true", "{\"id\":7,\"name\":\"é\"}")
                        .header("message-key", "my-key=a-b")
                        .header("message-headers", "my-key=a-b,equation=a=b,list=\"1,2\"")
                        .header("kafka.OVERRIDE_TOPIC", "small")
                        .header("X-Forwarded-For", "127.0.0.1"));

        assertThat(answer).hasToString("""
            {"statusCode":"200","message":"ok","topic":"orders","partition":0,"offset":%d}\
            """.formatted(before));
        ConsumerRecord<byte[], byte[]> record = broker.records("orders").get(before);
        assertThat(record.value()).containsExactly(8, 7, 18, 2, 0xC3, 0xA9);
        assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("my-key=a-b");
        assertThat(Arrays.stream(record.headers().toArray())
                        .map(header -> header.key() + ":" + new String(header.value(), StandardCharsets.UTF_8)))
                .containsExactly("my-key:a-b", "equation:a=b", "list:1,2");
    }

    @Test
    void aRequestIsARecordWithoutAKeyAndWithoutHeaders() throws Exception {
        int before = broker.records("orders").size();

        JsonNode answer = answer(200, "/", post("/", "{\"body\":{\"id\":\"7\"},\"topicName\":\"orders\"}"));

        assertThat(answer).hasToString("{\"statusCode\":\"200\",\"message\":\"ok\"}");
        assertThat(broker.records("orders").subList(before, before + 1)).allSatisfy(record -> {
            assertThat(record.value()).containsExactly(8, 7);
            assertThat(record.key()).isNull();
            assertThat(record.headers()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|" + EMPTY,
                "{\"topicName\":\"orders\"}|" + EMPTY,
                "{\"body\":{},\"topicName\":\"orders\"}|" + EMPTY,
                "{\"body\":{\"id\":7},\"topicName\":\"\"}|" + EMPTY,
                "{\"body\":{\"id\":7},\"topicName\":\"other\"}|The topic other is not listed in kafila.gateway.topics",
                "{\"body\":{\"no\":7},\"topicName\":\"orders\"}|Can not serialize input json {\"no\":7} using schema"
                        + " shop.Order",
                "{\"body\":{\"id\":\"x\"},\"topicName\":\"orders\"}|id",
                "{\"body\":{\"id\":2147483648},\"topicName\":\"orders\"}|id",
                "{\"body\":{\"id\":7},\"topicName\":\"unknown\"}|unknown",
                "{\"body\":{\"id\":7},\"topicName\":\"orders\",\"headers\":{\"a\":1}}|headers"
            })
    void aRequestThatHasToChangeIs400(String request, String message) throws Exception {
        int before = broker.records("orders").size();

        assertThat(answer(400, "/", post("/", request)).path("message").asText())
                .contains(message);
        assertThat(broker.records("orders")).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({"missing, there is no topic missing", "denied, may not write to topic denied", "small, too large"})
    void aRecordThatIsNotWrittenIs500WithTheReason(String topic, String reason) throws Exception {
        String message = "{\"id\":7,\"name\":\"" + "x".repeat(2000) + "\"}";

        assertThat(answer(500, "/topics/{topic}", post("/topics/" + topic, message))
                        .path("message")
                        .asText())
                .startsWith("Error message: ")
                .contains(reason);
    }

    @Test
    void aBrokerThatStopsIs500UntilItIsBack() throws Exception {
        answer(200, "/topics/{topic}", post("/topics/orders", "{\"id\":1}"));

        broker.stop();
        String message = answer(500, "/topics/{topic}", post("/topics/orders", "{\"id\":2}"))
                .path("message")
                .asText();
        broker.restart();

        assertThat(message).startsWith("Error message: topic orders ");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> send(post("/topics/orders", "{\"id\":3}")).statusCode() == 200);
    }

    @Test
    void anArrayIsAnsweredForEachOfItsMessages() throws Exception {
        JsonNode all = answer(200, "/topics/{topic}", post("/topics/orders", "[{\"id\":1},{\"id\":2}]"));
        JsonNode some = answer(207, "/topics/{topic}", post("/topics/orders", "[{\"id\":1},{\"no\":2},7]"));

        assertThat(all.findValuesAsText("statusCode")).containsExactly("200", "200");
        assertThat(some.findValuesAsText("statusCode")).containsExactly("200", "400", "400");
    }

    @Test
    void aRequestThatIsRepeatedIsPublishedOnceAndItsKeyIsForNoOther() throws Exception {
        int before = broker.records("orders").size();

        for (int i = 0; i < 3; i++) {
            answer(200, "/topics/{topic}", post("/topics/orders", "{\"id\":1}").header("Idempotency-Key", "once"));
        }
        answer(422, "/topics/{topic}", post("/topics/orders", "{\"id\":2}").header("Idempotency-Key", "once"));

        assertThat(broker.records("orders")).hasSize(before + 1);
    }

    @Test
    void theMessagesOfAnArrayThatIsRepeatedArePublishedOnce() throws Exception {
        int before = broker.records("orders").size();
        List<String> arrays = List.of("[{\"id\":1},{\"id\":1}]", "[{\"id\":1},{\"id\":1},{\"id\":3}]");

        for (String array : arrays) {
            answer(200, "/topics/{topic}", post("/topics/orders", array).header("Idempotency-Key", "twice"));
        }

        assertThat(broker.records("orders")).hasSize(before + 3);
    }

    private HttpRequest.Builder post(String path, String json) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + flow.port() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
    }

    private JsonNode answer(int status, String path, HttpRequest.Builder request) throws Exception {
        Answered answer = Answered.of(send(request));

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(document.problems(path, answer)).as(answer.body()).isEmpty();
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
