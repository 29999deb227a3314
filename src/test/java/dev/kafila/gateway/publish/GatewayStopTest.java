package dev.kafila.gateway.publish;

import static dev.kafila.gateway.publish.GatewayFlow.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kafila.sandbox.SandboxBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GatewayStopTest {

    @Test
    void requestsThatAreUnderWayAreAnsweredBeforeItStops(@TempDir Path directory) throws Exception {
        try (SandboxBroker broker = SandboxBroker.start();
                GatewayFlow flow = new GatewayFlow(directory, broker.bootstrapServers()).topics("orders")) {
            broker.createTopic("orders", 1);
            flow.start();
            flow.ask(order("orders", 0));
            broker.stop();
            List<CompletableFuture<JsonNode>> asked = IntStream.range(1, 11)
                    .mapToObj(id -> flow.begin(order("orders", id)))
                    .toList();
            await().until(() -> flow.context().getInflightRepository().size() >= asked.size());

            // Not on the common pool: on two processors it has one thread, by which JDK 25 ends what takes too long.
            CompletableFuture<Void> stopped =
                    CompletableFuture.runAsync(() -> close(flow), stop -> new Thread(stop).start());
            await().until(() -> flow.context().isStopping());
            broker.restart();

            assertThat(asked).allSatisfy(answer -> assertThat(
                            answer.join().path("statusCode").asText())
                    .isEqualTo("200"));
            stopped.join();
            assertThat(broker.records("orders")).hasSize(11);
        }
    }

    private static void close(GatewayFlow flow) {
        try {
            flow.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
