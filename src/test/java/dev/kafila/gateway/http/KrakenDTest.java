package dev.kafila.gateway.http;

import static dev.kafila.gateway.http.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The example of KrakenD, with requests as KrakenD sends them: only the headers that its configuration names, in the case of Go, with those
 * it adds, and in chunks, as it does not forward the length.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KrakenDTest {
    private static final Path EXAMPLE = Path.of("src/docs/krakend/krakend.json");

    private ServerFixture server;

    @BeforeAll
    void start() throws Exception {
        server = ServerFixture.start();
    }

    @BeforeEach
    void forget() {
        server.kafka().requests().clear();
        answer(200);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void keyAndHeadersThatTheOriginalMangledSurvive() throws Exception {
        Answered answer = forward(
                "/topics/{topic}",
                Map.of(
                        "content-type", "application/json",
                        "message-key", "my\"key=a-b",
                        "message-headers", "my-key=a-b,equation=a=b",
                        "idempotency-key", "once",
                        "cookie", "session=secret"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(json(server.kafka()
                        .requests()
                        .remove()
                        .getMessage()
                        .getBody()
                        .toString()))
                .isEqualTo(json("""
                    {"body": {"id": 7}, "topicName": "orders", "key": "my\\"key=a-b",
                     "headers": {"my-key": "a-b", "equation": "a=b"}, "idempotencyKey": "once", "verbose": true}\
                    """));
    }

    @Test
    void aRequestThatNamesItsTopicIsTaken() throws Exception {
        assertThat(forward("/requests", Map.of("content-type", "application/json"))
                        .status())
                .isEqualTo(200);
        assertThat(server.kafka().requests().remove().getMessage().getBody())
                .hasToString("{\"id\":7,\"verbose\":true}");
    }

    @ParameterizedTest
    @ValueSource(ints = {207, 400, 422, 500, 503})
    void theStatusSurvives(int status) throws Exception {
        answer(status);

        assertThat(forward("/topics/{topic}", Map.of("content-type", "application/json"))
                        .status())
                .isEqualTo(status);
        for (JsonNode endpoint : endpoints()) {
            // Else KrakenD reads the answer, and makes one of its own where it is no success.
            assertThat(endpoint.path("output_encoding").textValue()).isEqualTo("no-op");
            assertThat(endpoint.at("/backend/0/encoding").textValue()).isEqualTo("no-op");
        }
    }

    private void answer(int status) {
        server.kafka().answers(exchange -> {
            exchange.getMessage().setHeaders(Map.of(Exchange.HTTP_RESPONSE_CODE, status));
            exchange.getMessage().setBody("{}".getBytes(StandardCharsets.UTF_8));
        });
    }

    /** What KrakenD makes of a client's request to orders. */
    private Answered forward(String path, Map<String, String> headers) throws Exception {
        JsonNode endpoint = StreamSupport.stream(endpoints().spliterator(), false)
                .filter(candidate -> candidate.path("endpoint").textValue().equals(path))
                .findFirst()
                .orElseThrow();
        assertThat(endpoint.path("input_query_strings").get(0).textValue()).isEqualTo("verbose");
        String forwarded = StreamSupport.stream(endpoint.path("input_headers").spliterator(), false)
                .map(JsonNode::textValue)
                .filter(name -> headers.containsKey(name.toLowerCase(Locale.ROOT)))
                .map(name -> canonical(name) + ": " + headers.get(name.toLowerCase(Locale.ROOT)) + "\n")
                .collect(Collectors.joining());
        String target = endpoint.at("/backend/0/url_pattern").textValue().replace("{topic}", "orders");
        try (RawClient client = new RawClient(server.port())) {
            return client.send("POST " + target + "?verbose=true HTTP/1.1\nHost: localhost:" + server.port()
                            + "\nUser-Agent: KrakenD Version 2.10.0\nTransfer-Encoding: chunked\n" + forwarded
                            + "X-Forwarded-For: 127.0.0.1\nX-Forwarded-Host: localhost:8000\nAccept-Encoding: gzip\n\n"
                            + "8\n{\"id\":7}\n0\n\n")
                    .reply();
        }
    }

    private static Iterable<JsonNode> endpoints() throws Exception {
        return json(Files.readString(EXAMPLE)).path("endpoints");
    }

    private static String canonical(String name) {
        return Arrays.stream(name.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining("-"));
    }
}
