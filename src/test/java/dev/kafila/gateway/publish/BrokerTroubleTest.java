package dev.kafila.gateway.publish;

import static dev.kafila.gateway.publish.GatewayFlow.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kafila.sandbox.SandboxBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is answered when Kafka does not take a record: always 500 with the reason, and never 200 without a record. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerTroubleTest {
    private static final String TIMEOUT = "5s";

    @TempDir
    Path directory;

    private SandboxBroker broker;
    private GatewayFlow flow;

    @BeforeAll
    void startBroker() {
        broker = SandboxBroker.start();
    }

    @AfterAll
    void stopBroker() {
        broker.close();
    }

    @AfterEach
    void stop() throws IOException {
        flow.close();
    }

    private void start(Map<String, String> settings, String... topics) throws Exception {
        flow = new GatewayFlow(directory, broker.bootstrapServers())
                .topics(topics)
                .with("kafila.gateway.timeout", TIMEOUT);
        settings.forEach(flow::with);
        flow.start();
    }

    @Test
    void aBrokerThatStopsMeanwhileCostsNoRequestItsAnswerAndNoAnswerItsRecord() throws Exception {
        broker.createTopic("stopped", 1);
        start(Map.of(), "stopped");
        assertThat(status(order("stopped", 0))).isEqualTo("200");

        broker.stop();
        List<CompletableFuture<JsonNode>> asked = IntStream.range(1, 20)
                .mapToObj(id -> flow.begin(order("stopped", id)))
                .toList();
        List<JsonNode> answers =
                new ArrayList<>(asked.stream().map(CompletableFuture::join).toList());
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.path("statusCode").asText()).isEqualTo("500");
            assertThat(answer.path("message").asText())
                    .startsWith("Error message: topic stopped ")
                    .containsAnyOf("may still be written", "may have been written");
        });

        broker.restart();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> status(order("stopped", 100)).equals("200"));
        assertThat(status(order("stopped", 101))).isEqualTo("200");
        // Those that were answered 500 may be there, but are not written so long after their answer.
        assertThat(broker.records("stopped"))
                .extracting(record -> record.value().length == 0 ? 0 : (int) record.value()[1])
                .contains(0, 100, 101)
                .doesNotContain(IntStream.range(1, 20).boxed().toArray(Integer[]::new));
    }

    @Test
    void aTopicThatIsMissingIsAnsweredAtOnceAndHoldsUpNoOtherAndIsFoundWhenItIsThere() throws Exception {
        broker.createTopic("there", 1);
        start(Map.of("kafila.gateway.timeout", "60s"), "missing", "there");

        List<CompletableFuture<JsonNode>> missing = IntStream.range(0, 50)
                .mapToObj(id -> flow.begin(order("missing", id)))
                .toList();
        assertThat(status(order("there", 1))).isEqualTo("200");
        assertThat(missing).allSatisfy(answer -> assertThat(message(answer.join()))
                .isEqualTo("Error message: there is no topic missing in the cluster: create it"));

        broker.createTopic("missing", 1);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> status(order("missing", 100)).equals("200"));
        assertThat(broker.records("missing")).hasSize(1);
    }

    @Test
    void aTopicThatMayNotBeWrittenToIsAnswered500AndNothingIsPublished() throws Exception {
        broker.createTopic("denied", 1);
        broker.denyWrites("denied");
        start(Map.of(), "denied");

        assertThat(message(flow.ask(order("denied", 1))))
                .isEqualTo("Error message: Kafila may not write to topic denied: grant it WRITE and DESCRIBE");
        assertThat(broker.records("denied")).isEmpty();

        broker.allowWrites("denied");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> status(order("denied", 2)).equals("200"));
        assertThat(broker.records("denied")).hasSize(1);
    }

    @Test
    void aRecordThatIsTooLargeForItsTopicIsAnswered500AndItsNeighboursArePublished() throws Exception {
        broker.createTopic("small", 1, Map.of("max.message.bytes", "4500"));
        start(Map.of(), "small");
        ObjectNode large = order("small", 1);
        large.withObject("/body").put("name", "x".repeat(10_000));

        ObjectNode other = order("small", 2);
        other.withObject("/body").put("name", "an order of an ordinary size");

        List<CompletableFuture<JsonNode>> asked = List.of(flow.begin(other), flow.begin(large), flow.begin(other));

        assertThat(asked)
                .extracting(answer -> answer.join().path("statusCode").asText())
                .containsExactly("200", "500", "200");
        assertThat(message(asked.get(1).join()))
                .contains("the record is too large for topic small")
                .contains("max.message.bytes")
                .doesNotContain("may have been written");
        assertThat(broker.records("small")).hasSize(2);
    }

    @Test
    void aRecordThatIsTooLargeForTheClientIsAnswered500() throws Exception {
        broker.createTopic("large", 1);
        start(Map.of("kafila.kafka.properties.buffer.memory", "100000"), "large");
        ObjectNode large = order("large", 1);
        large.withObject("/body").put("name", "x".repeat(200_000));

        assertThat(message(flow.ask(large))).contains("the record is too large for topic large");
        assertThat(status(order("large", 2))).isEqualTo("200");
        assertThat(broker.records("large")).hasSize(1);
    }

    @Test
    void aBatchThatItsTopicNeverTakesEndsWithTheTimeOfItsRequests() throws Exception {
        broker.createTopic("tiny", 1, Map.of("max.message.bytes", "1000"));
        start(Map.of("kafila.gateway.timeout", "500ms"), "tiny");
        ArrayNode batch = new ObjectMapper().createArrayNode();
        IntStream.range(0, 20).forEach(id -> {
            ObjectNode order = order("tiny", id);
            order.withObject("/body").put("name", "x".repeat(100));
            batch.add(order);
        });

        JsonNode answers = flow.ask(batch);

        long published = answers.findValuesAsText("statusCode").stream()
                .filter("200"::equals)
                .count();
        assertThat(broker.records("tiny")).hasSizeGreaterThanOrEqualTo((int) published);
        // The client has lost count meanwhile, and finds it out.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> status(order("tiny", 20)).equals("200"));
    }

    @Test
    void aBrokerThatIsNotThereFromTheStartIsAnswered500UntilItIs() throws Exception {
        broker.createTopic("late", 1);
        broker.stop();
        start(Map.of(), "late");

        assertThat(message(flow.ask(order("late", 1))))
                .startsWith(
                        "Error message: topic late was not written to within 5000 ms: no broker tells where topic late is: ");

        broker.restart();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> status(order("late", 2)).equals("200"));
        assertThat(broker.records("late")).hasSize(1);
    }

    private String status(Object request) {
        return flow.ask(request).path("statusCode").asText();
    }

    private static String message(JsonNode answer) {
        assertThat(answer.path("statusCode").asText()).isEqualTo("500");
        return answer.path("message").asText();
    }
}
