package dev.kafila.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kafila.Application;
import dev.kafila.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a part of the application. */
class GatewayServerTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private Workplace place;

    @BeforeEach
    void place() throws Exception {
        place = new Workplace(directory);
        place.routes("request-to-kafka", """
            - route:
                id: request-to-kafka
                from:
                  uri: direct:request-to-kafka
                  steps:
                    - to: direct:sink
            """);
    }

    @Test
    void requestsComeOverHttpWhenThereAreTopicsToWriteTo() throws Exception {
        try (Application application = start(Map.of())) {
            sink(application, new CountDownLatch(0));

            HttpResponse<String> answer = post(application).join();

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"body\":{},\"topicName\":\"orders\"}");
        }
    }

    @Test
    void nothingListensWhenHttpIsOff() throws Exception {
        try (Application application = start(Map.of("kafila.gateway.http", "false"))) {
            assertThat(application.gatewayPort()).isEmpty();
            assertThat(application.camelContext().getRoutes())
                    .noneMatch(route -> route.getId().startsWith("http-"));
        }
    }

    @Test
    void aPortThatIsTakenStopsTheStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertThatThrownBy(() -> start(Map.of("kafila.gateway.port", port)))
                    .hasMessageContaining(
                            "kafila.gateway.port: 127.0.0.1:" + port + " cannot be listened on; it is taken");
        }
    }

    @Test
    void aRequestThatIsInFlightIsAnsweredBeforeTheApplicationStops() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        Application application = start(Map.of());
        try {
            sink(application, written);
            CompletableFuture<HttpResponse<String>> waiting = post(application);
            await().until(() ->
                    application.camelContext().getInflightRepository().size() > 0);

            // Not on the common pool: on two processors it has one thread, by which JDK 25 ends what takes too long.
            CompletableFuture<Void> stopped =
                    CompletableFuture.runAsync(() -> close(application), stop -> new Thread(stop).start());
            await().until(() -> refused(application));
            written.countDown();

            assertThat(waiting.join().statusCode()).isEqualTo(200);
            stopped.join();
        } finally {
            written.countDown();
            application.close();
        }
    }

    @Test
    void aStopWaitsForAsLongAsARequestMayTake() throws Exception {
        try (Application application = start(Map.of("kafila.gateway.timeout", "2m"))) {
            assertThat(application.camelContext().getShutdownStrategy().getTimeout())
                    .isEqualTo(125);
        }
    }

    private static boolean refused(Application application) {
        // One that comes before the stop begins is taken, and waits as the first does.
        HttpResponse<String> answer = post(application)
                .completeOnTimeout(null, 500, TimeUnit.MILLISECONDS)
                .join();
        return answer != null && answer.statusCode() == 503 && answer.body().contains("stopping");
    }

    private static void close(Application application) {
        try {
            application.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Application start(Map<String, String> properties) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of("kafila.gateway.topics", "orders", "kafila.gateway.port", "0"));
        all.putAll(properties);
        return place.start(all);
    }

    /** Answers with the request, once that is written. */
    private static void sink(Application application, CountDownLatch written) throws Exception {
        application.camelContext().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:sink").process(exchange -> {
                    written.await();
                    exchange.getMessage()
                            .setBody(exchange.getMessage().getBody().toString().getBytes(StandardCharsets.UTF_8));
                });
            }
        });
    }

    private static CompletableFuture<HttpResponse<String>> post(Application application) {
        return HTTP.sendAsync(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + application.gatewayPort().getAsInt() + "/topics/orders"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
