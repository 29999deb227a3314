package dev.kafila.gateway.http;

import static dev.kafila.gateway.http.ServerFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Clients that send too much, too slowly or too often, and routes that take too long. */
class LimitsTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int LIMIT = 4096;
    private static final String HEAD =
            "POST /topics/orders HTTP/1.1\nHost: localhost\nContent-Type: application/json\n";

    @Test
    void aBodyOfTheMostBytesIsTaken() throws Exception {
        try (ServerFixture server = ServerFixture.start()) {
            assertThat(server.send(server.post("/topics/orders", body(LIMIT))).statusCode())
                    .isEqualTo(200);
            assertThat(server.send(server.post("/topics/orders", body(LIMIT + 1)))
                            .statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void aBodyThatSaysItIsTooLongIsNotReadAndItsConnectionIsClosed() throws Exception {
        try (ServerFixture server = lingering(SHORT);
                RawClient client = new RawClient(server.port())) {
            String answer = client.send(HEAD + "Content-Length: 1000000000\n\n").rest();

            assertThat(answer)
                    .startsWith("HTTP/1.1 413 ")
                    .contains(
                            "connection: close",
                            "\"statusCode\":\"413\"",
                            "The body is longer than 4096 bytes (kafila.gateway.max-body-bytes)");
        }
    }

    @Test
    void aBodyThatTurnsOutToBeTooLongIsRefusedAtOnceAndItsConnectionIsClosed() throws Exception {
        try (ServerFixture server = lingering(SHORT);
                RawClient client = new RawClient(server.port())) {
            String answer = client.send(HEAD + "Transfer-Encoding: chunked\n\n2000\n" + body(0x2000) + "\n")
                    .rest();

            assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"statusCode\":\"413\"");
        }
    }

    @Test
    void aBodyInPiecesIsTaken() throws Exception {
        try (ServerFixture server = ServerFixture.start();
                RawClient client = new RawClient(server.port())) {
            client.send(HEAD + "Transfer-Encoding: chunked\n\n1\n{\n");
            client.send("1\n}\n0\n\n");

            assertThat(client.reply().status()).isEqualTo(200);
        }
    }

    @Test
    void aBodyThatDoesNotArriveIs408AndItsPlaceIsFree() throws Exception {
        try (ServerFixture server = ServerFixture.start(settings(1, List.of()), new Limits(LONG, SHORT, SHORT, LONG));
                RawClient client = new RawClient(server.port())) {
            String answer = client.send(HEAD + "Content-Length: 10\n\n{").rest();

            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("\"statusCode\":\"408\"");
            assertThat(server.send(server.post("/topics/orders", "{}")).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleOfItsBodyFreesItsPlace() throws Exception {
        try (ServerFixture server = ServerFixture.start(settings(1, List.of()), Limits.DEFAULT)) {
            try (RawClient client = new RawClient(server.port())) {
                client.send(HEAD + "Content-Length: 10\n\n{");
                await().until(() -> status(server) == 503);
            }

            await().until(() -> status(server) == 200);
        }
    }

    @Test
    void aConnectionThatSaysNothingIsClosed() throws Exception {
        try (ServerFixture server = idle();
                RawClient client = new RawClient(server.port())) {
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void headersThatDoNotEndAreClosedThoughBytesKeepComing() throws Exception {
        try (ServerFixture server = idle();
                RawClient client = new RawClient(server.port())) {
            client.send(HEAD + "message-key: ");

            await().pollInterval(Duration.ofMillis(20)).until(() -> {
                try {
                    client.send("k");
                    return false;
                } catch (IOException e) {
                    return true;
                }
            });
        }
    }

    @Test
    void aConnectionThatWasUsedIsClosedWhenItSaysNothingMore() throws Exception {
        try (ServerFixture server = idle();
                RawClient client = new RawClient(server.port())) {
            client.send(HEAD + "Content-Length: 2\n\n{}");

            assertThat(client.rest()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aConnectionThatWaitsForItsAnswerIsNotClosed() throws Exception {
        try (ServerFixture server = idle();
                RawClient client = new RawClient(server.port());
                RawClient silent = new RawClient(server.port())) {
            server.kafka().holds();
            client.send(HEAD + "Content-Length: 2\n\n{}");
            await().until(() -> server.kafka().held() == 1);

            // By now the other one was closed for being silent as long.
            assertThat(silent.rest()).isEmpty();
            server.kafka().release();

            assertThat(client.reply().status()).isEqualTo(200);
        }
    }

    @Test
    void aRouteThatDoesNotAnswerIs500ButKeepsItsPlaceUntilItDoes() throws Exception {
        try (ServerFixture server =
                ServerFixture.start(settings(1, List.of(), SHORT), new Limits(LONG, LONG, LONG, SHORT))) {
            server.kafka().holds();

            HttpResponse<String> late = server.send(server.post("/topics/orders", "{}"));

            assertThat(late.statusCode()).isEqualTo(500);
            assertThat(late.body()).contains("Error message: ", "whether the record was written is not known");
            assertThat(status(server)).isEqualTo(503);
            server.kafka().release();
            await().until(() -> status(server) == 200);
        }
    }

    @Test
    void twoHundredRequestsWaitAtOnceAndTheNextOneIsToldToComeBack() throws Exception {
        int most = 200;
        try (ServerFixture server = ServerFixture.start(settings(most, List.of()), Limits.DEFAULT)) {
            server.kafka().holds();
            HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            List<CompletableFuture<HttpResponse<String>>> waiting = IntStream.range(0, most)
                    .mapToObj(i -> http.sendAsync(
                            server.post("/topics/orders", "{}").build(), HttpResponse.BodyHandlers.ofString()))
                    .toList();
            await().until(() -> server.kafka().held() == most);

            HttpResponse<String> beyond = server.send(server.post("/topics/orders", "{}"));

            assertThat(beyond.statusCode()).isEqualTo(503);
            assertThat(beyond.headers().firstValue("retry-after")).contains("1");
            assertThat(requestThreads()).isLessThan(most);
            server.kafka().release();
            List<Integer> statuses = new ArrayList<>();
            for (CompletableFuture<HttpResponse<String>> answer : waiting) {
                statuses.add(answer.join().statusCode());
            }
            assertThat(statuses).hasSize(most).containsOnly(200);
        }
    }

    @Test
    void answersAreCountedByStatusAndRequestsInFlightAreShown() throws Exception {
        try (ServerFixture server = ServerFixture.start(settings(1, List.of()), Limits.DEFAULT)) {
            try (RawClient client = new RawClient(server.port())) {
                client.send(HEAD + "Content-Length: 10\n\n{");
                await().until(() -> status(server) == 503);

                assertThat(server.meters()
                                .get("kafila.gateway.http.in.flight")
                                .gauge()
                                .value())
                        .isEqualTo(1);
            }
            await().until(() -> status(server) == 200);

            assertThat(counted(server, "503")).isGreaterThanOrEqualTo(1);
            await().untilAsserted(() -> assertThat(counted(server, "200")).isGreaterThanOrEqualTo(1));
            await().until(() ->
                    server.meters().get("kafila.gateway.http.in.flight").gauge().value() == 0);
        }
    }

    private static double counted(ServerFixture server, String status) {
        return server.meters()
                .get("kafila.gateway.http.answers")
                .tag("status", status)
                .counter()
                .count();
    }

    private static long requestThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kafila-request-"))
                .count();
    }

    private static ServerFixture idle() throws Exception {
        return ServerFixture.start(settings(16, List.of()), new Limits(SHORT, LONG, LONG, LONG));
    }

    private static ServerFixture lingering(Duration time) throws Exception {
        return ServerFixture.start(settings(16, List.of()), new Limits(LONG, LONG, time, LONG));
    }

    private static int status(ServerFixture server) throws Exception {
        return server.send(server.post("/topics/orders", "{}")).statusCode();
    }

    private static String body(int bytes) {
        return "{\"a\":\"" + "b".repeat(bytes - 8) + "\"}";
    }
}
