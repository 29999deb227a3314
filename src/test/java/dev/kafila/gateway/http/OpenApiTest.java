package dev.kafila.gateway.http;

import static dev.kafila.gateway.http.ServerFixture.KEY;
import static dev.kafila.gateway.http.ServerFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The document says what happens, and what happens is in the document. */
class OpenApiTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final List<String> PATHS = List.of("/topics/{topic}", "/", "/openapi.json");

    /** How each status comes about. */
    private enum Case {
        DONE(200, true),
        PARTLY(207, false),
        WRONG(400, false),
        NO_KEY(401, true),
        PAGE(403, true),
        SLOW(408, false),
        LARGE(413, false),
        TEXT(415, false),
        REUSED(422, false),
        FAILED(500, false),
        BUSY(503, true);

        private final int status;
        private final boolean withoutBody;

        /** @param withoutBody whether it comes about where no body is sent, too */
        Case(int status, boolean withoutBody) {
            this.status = status;
            this.withoutBody = withoutBody;
        }
    }

    @Test
    void anotherParserFindsNothingWrongWithIt() throws Exception {
        SwaggerParseResult result =
                new OpenAPIV3Parser().readContents(OpenApiDocument.read().json().toString());

        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getPaths()).containsOnlyKeys(PATHS);
    }

    @Test
    void itIsServed() throws Exception {
        try (ServerFixture server = ServerFixture.start()) {
            HttpResponse<String> answer =
                    server.send(server.request("/openapi.json").GET());

            assertThat(ServerFixture.json(answer.body()))
                    .isEqualTo(OpenApiDocument.read().json());
        }
    }

    @Test
    void itNamesTheStatusesThatThereAre() throws Exception {
        OpenApiDocument document = OpenApiDocument.read();

        for (String path : PATHS) {
            assertThat(document.statuses(path))
                    .as(path)
                    .isEqualTo(cases(path).map(c -> Integer.toString(c.status)).collect(Collectors.toSet()));
        }
    }

    static Stream<String> paths() {
        return PATHS.stream();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void everyAnswerFitsTheSchemaOfItsStatus(String path) throws Exception {
        OpenApiDocument document = OpenApiDocument.read();

        for (Case provoked : cases(path).toList()) {
            Answered answer = provoke(provoked, path);

            assertThat(answer.status()).as(provoked + " " + answer.body()).isEqualTo(provoked.status);
            assertThat(document.problems(path, answer))
                    .as(provoked + " " + answer.body())
                    .isEmpty();
        }
    }

    @Test
    void itNamesTheHeadersAndTheParameterThatThereAre() throws Exception {
        JsonNode parameters = OpenApiDocument.read().json().path("paths").at("/~1topics~1{topic}/post/parameters");

        assertThat(parameters.findValuesAsText("name")).containsExactly("topic", HttpRequests.KEY, HeaderList.NAME);
        assertThat(OpenApiDocument.read().json().at("/components/parameters").findValuesAsText("name"))
                .containsExactly(HttpRequests.IDEMPOTENCY_KEY, HttpRequests.VERBOSE);
        assertThat(HeaderList.read(List.of(parameters.get(2).path("example").textValue())))
                .containsExactly(
                        Map.entry("source", "shop"), Map.entry("my-key", "a-b"), Map.entry("note", "one, two"));
    }

    private static Stream<Case> cases(String path) {
        return Arrays.stream(Case.values()).filter(c -> c.withoutBody || !path.equals("/openapi.json"));
    }

    private static Answered provoke(Case provoked, String path) throws Exception {
        List<String> keys = provoked == Case.NO_KEY ? List.of(KEY) : List.of();
        Duration bodyTime = provoked == Case.SLOW ? Duration.ofMillis(100) : LONG;
        try (ServerFixture server = ServerFixture.start(settings(1, keys), new Limits(LONG, bodyTime, LONG, LONG))) {
            sink(server, provoked);
            HttpRequest.Builder request = path.startsWith("/openapi")
                    ? server.request(path).GET()
                    : server.post(path.replace("{topic}", "orders"), body(provoked));
            return switch (provoked) {
                case PAGE -> sent(server, request.header("Origin", "https://shop.example"));
                case TEXT -> sent(server, request.setHeader("Content-Type", "text/plain"));
                case SLOW -> silent(server, path);
                case BUSY -> whileBusy(server, request);
                default -> sent(server, request);
            };
        }
    }

    private static Answered sent(ServerFixture server, HttpRequest.Builder request) throws Exception {
        return Answered.of(server.send(request));
    }

    private static Answered silent(ServerFixture server, String path) throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            return client.send("POST " + path.replace("{topic}", "orders")
                            + " HTTP/1.1\nHost: localhost\nContent-Type: application/json\nContent-Length: 2\n\n{")
                    .reply();
        }
    }

    private static Answered whileBusy(ServerFixture server, HttpRequest.Builder request) throws Exception {
        try (RawClient other = new RawClient(server.port())) {
            other.send("POST / HTTP/1.1\nHost: localhost\nContent-Type: application/json\nContent-Length: 2\n\n{");
            await().until(() -> server.send(server.post("/", "{}")).statusCode() == 503);
            return sent(server, request);
        }
    }

    private static String body(Case provoked) {
        return switch (provoked) {
            case WRONG -> "[";
            case LARGE -> "\"" + "a".repeat(5000) + "\"";
            default -> "{}";
        };
    }

    /** What the route to Kafka says; its own tests show that it does. */
    private static void sink(ServerFixture server, Case provoked) {
        String answer =
                switch (provoked) {
                    case PARTLY -> """
                        [{"statusCode":"200","message":"ok","topic":"orders","partition":0,"offset":7},
                         {"statusCode":"400","message":"no"}]\
                        """;
                    default -> "{\"statusCode\":\"" + provoked.status + "\",\"message\":\"ok\"}";
                };
        server.kafka().answers(exchange -> {
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, provoked.status);
            exchange.getMessage().setBody(answer.getBytes(StandardCharsets.UTF_8));
        });
    }
}
