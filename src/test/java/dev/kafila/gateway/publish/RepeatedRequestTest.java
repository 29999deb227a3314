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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests with an idempotency key, by {@code direct:} against a real broker. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepeatedRequestTest {
    private SandboxBroker broker;
    private GatewayFlow flow;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        broker = SandboxBroker.start();
        for (String topic : List.of("one", "other", "failed", "unknown")) {
            broker.createTopic(topic, 1);
        }
        flow = new GatewayFlow(directory, broker.bootstrapServers())
                .topics("one", "other", "failed", "unknown")
                .with("kafila.gateway.timeout", "4s")
                .start();
    }

    @AfterAll
    void stop() throws IOException {
        flow.close();
        broker.close();
    }

    @Test
    void repetitionsAtTheSameTimeAreOneRecordAndHaveOneAnswer() {
        int before = broker.records("one").size();
        ObjectNode request = keyed("one", 1, "at-the-same-time").put("verbose", true);

        List<JsonNode> answers =
                IntStream.range(0, 50)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> flow.ask(request)))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();

        assertThat(answers)
                .extracting(JsonNode::toString)
                .containsOnly(answers.get(0).toString());
        assertThat(answers.get(0).path("offset").asLong()).isEqualTo(before);
        assertThat(broker.records("one")).hasSize(before + 1);
    }

    @Test
    void aRepetitionInTheSameArrayIsNotPublishedTwice() {
        int before = broker.records("one").size();
        ArrayNode batch = new ObjectMapper().createArrayNode();
        batch.add(keyed("one", 1, "array")).add(keyed("one", 1, "array")).add(keyed("one", 2, "array"));

        assertThat(flow.ask(batch))
                .extracting(answer -> answer.path("statusCode").asText())
                .containsExactly("200", "200", "422");
        assertThat(broker.records("one")).hasSize(before + 1);
    }

    @Test
    void anotherRequestWithTheKeyIsAnswered422AndTheSameKeyIsAnotherOfAnotherTopic() {
        assertThat(status(keyed("one", 1, "reused"))).isEqualTo("200");

        assertThat(status(keyed("one", 2, "reused"))).isEqualTo("422");
        assertThat(status(keyed("other", 2, "reused"))).isEqualTo("200");
    }

    @Test
    void whatWasRefusedOrFailedIsTriedAgainWithItsKey() {
        ObjectNode wrong = keyed("failed", 1, "failed");
        wrong.withObject("/body").put("id", "one");
        assertThat(status(wrong)).isEqualTo("400");
        broker.denyWrites("failed");
        assertThat(status(keyed("failed", 1, "failed"))).isEqualTo("500");

        broker.allowWrites("failed");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> status(keyed("failed", 1, "failed")).equals("200"));

        assertThat(broker.records("failed")).hasSize(1);
    }

    @Test
    void aRepetitionOfWhatIsStillOnItsWayWaitsForItAndIsNotPublishedAgain() {
        assertThat(status(order("unknown", 0))).isEqualTo("200");
        broker.stop();
        CompletableFuture<JsonNode> first = flow.begin(keyed("unknown", 1, "unknown"));
        List<CompletableFuture<JsonNode>> repetitions = IntStream.range(0, 10)
                .mapToObj(i -> flow.begin(keyed("unknown", 1, "unknown")))
                .toList();
        broker.restart();

        assertThat(first.join().path("statusCode").asText()).isEqualTo("200");
        assertThat(repetitions)
                .allSatisfy(answer ->
                        assertThat(answer.join().path("statusCode").asText()).isEqualTo("200"));
        assertThat(broker.records("unknown")).hasSize(2);
    }

    private String status(Object request) {
        return flow.ask(request).path("statusCode").asText();
    }

    private static ObjectNode keyed(String topic, int id, String key) {
        return order(topic, id).put("idempotencyKey", key);
    }
}
