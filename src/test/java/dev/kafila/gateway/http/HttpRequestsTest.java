package dev.kafila.gateway.http;

import static dev.kafila.gateway.http.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the route to Kafka gets of what came over HTTP, and what becomes of its answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpRequestsTest {
    private ServerFixture server;

    @BeforeAll
    void start() throws Exception {
        server = ServerFixture.start();
    }

    @BeforeEach
    void forget() {
        server.kafka().requests().clear();
        answer(200, "{\"statusCode\":\"200\",\"message\":\"ok\"}");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aMessageForATopicBecomesARequest() throws Exception {
        JsonNode request = server.published(server.post("/topics/orders", "{\"id\":7,\"price\":1.10}")
                .header("message-key", "o-7")
                .header("message-headers", "source=shop,my-key=a-b,equation=a=b"));

        assertThat(request).isEqualTo(json("""
            {"body": {"id": 7, "price": 1.10}, "topicName": "orders", "key": "o-7",
             "headers": {"source": "shop", "my-key": "a-b", "equation": "a=b"}}\
            """));
    }

    @Test
    void numbersStayAsTheyAreWritten() throws Exception {
        server.send(server.post("/topics/orders", "{\"price\":1.10}"));

        assertThat(server.kafka().requests().remove().getMessage().getBody()).hasToString("""
            {"body":{"price":1.10},"topicName":"orders"}\
            """);
    }

    @Test
    void aMessageAloneIsEnough() throws Exception {
        assertThat(server.published(server.post("/topics/orders", "{\"id\":7}")))
                .isEqualTo(json("{\"body\":{\"id\":7},\"topicName\":\"orders\"}"));
    }

    @Test
    void aRequestThatNamesItsTopicIsTakenAsItIs() throws Exception {
        String request = "{\"body\":{\"id\":7},\"topicName\":\"orders\",\"key\":\"k\",\"headers\":{\"a\":\"b\"}}";

        assertThat(server.published(server.post("/", request))).isEqualTo(json(request));
    }

    @Test
    void anArrayOfMessagesIsAnArrayOfRequests() throws Exception {
        JsonNode requests = server.published(server.post("/topics/orders", "[{\"id\":1},{\"id\":2}]")
                .header("message-key", "k")
                .header("Idempotency-Key", "once"));

        assertThat(requests).isEqualTo(json("""
            [{"body": {"id": 1}, "topicName": "orders", "key": "k", "idempotencyKey": "once#0"},
             {"body": {"id": 2}, "topicName": "orders", "key": "k", "idempotencyKey": "once#1"}]\
            """));
    }

    @Test
    void whatARequestSaysItselfGoesBeforeWhatHttpSaysOfAll() throws Exception {
        JsonNode requests = server.published(
                server.post("/?verbose=true", "[{\"idempotencyKey\":\"own\",\"verbose\":false},{\"verbose\":null}]")
                        .header("Idempotency-Key", "once"));

        assertThat(requests).isEqualTo(json("""
            [{"idempotencyKey": "own", "verbose": false}, {"idempotencyKey": "once#1", "verbose": true}]\
            """));
    }

    @ParameterizedTest
    @CsvSource({"orders.eu_1-x,orders.eu_1-x", "a%20b,a b", "a+b,a+b", "%252F,%2F", "caf%C3%A9,café"})
    void theTopicIsDecodedOnce(String path, String topic) throws Exception {
        assertThat(server.published(server.post("/topics/" + path, "{}"))
                        .path("topicName")
                        .textValue())
                .isEqualTo(topic);
    }

    @Test
    void linesOfHeadersAddUp() throws Exception {
        JsonNode request = server.published(server.post("/topics/orders", "{}")
                .header("message-headers", "a=1")
                .header("message-headers", "b=\"1, 2\""));

        assertThat(request.path("headers")).isEqualTo(json("{\"a\":\"1\",\"b\":\"1, 2\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "message-headers|a=1,b|'b' is not name=value",
                "message-headers|a=1,a=2|'a' is there twice",
                "message-headers|=1|'=1' is not name=value"
            })
    void headersThatCannotBeReadAreRefusedByName(String name, String value, String message) throws Exception {
        HttpResponse<String> answer =
                server.send(server.post("/topics/orders", "{}").header(name, value));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer.body()).path("message").textValue()).isEqualTo(name + ": " + message);
        assertThat(server.kafka().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"message-key", "Idempotency-Key"})
    void whatThereCanBeOnlyOneOfIsRefusedTwice(String name) throws Exception {
        refuses(server.post("/topics/orders", "{}").header(name, "a").header(name, "b"), name + ": is there 2 times");
    }

    @Test
    void aKeyThatWouldBeLostIsRefused() throws Exception {
        refuses(
                server.post("/", "{\"body\":{\"id\":7},\"topicName\":\"orders\"}")
                        .header("message-key", "k"),
                "message-key and message-headers go with /topics/{topic}; here each request has its own key and"
                        + " headers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "", "TRUE"})
    void verboseIsTrueOrFalse(String verbose) throws Exception {
        refuses(server.post("/?verbose=" + verbose, "{}"), "verbose: must be true or false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"a\":1|is not JSON", "{\"a\":1,\"a\":2}|has an object with two members", "''|is empty"})
    void whatIsNotJsonIsRefused(String body, String message) throws Exception {
        HttpResponse<String> answer = server.send(server.post("/topics/orders", body));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer.body()).path("message").textValue()).contains(message);
    }

    @Test
    void headersOfARequestNeitherSteerCamelNorGetToKafka() throws Exception {
        server.send(server.post("/topics/orders?kafka.TOPIC=other", "{}")
                .header("kafka.OVERRIDE_TOPIC", "other")
                .header("CamelHttpUri", "http://elsewhere.example")
                .header("CamelHttpResponseCode", "418")
                .header("X-Other", "1"));

        assertThat(server.kafka().requests().remove().getMessage().getHeaders()).isEmpty();
    }

    @Test
    void theAnswerHasTheStatusTheTypeAndTheBodyOfTheRouteAndNothingElseOfIt() throws Exception {
        server.kafka().answers(exchange -> {
            Message message = exchange.getMessage();
            message.setBody("{\"statusCode\":\"422\"}".getBytes(StandardCharsets.UTF_8));
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, 422);
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
            message.setHeader("kafka.KEY", "secret");
            message.setHeader("X-Inside", "secret");
        });

        HttpResponse<String> answer = server.send(server.post("/topics/orders", "{}"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).isEqualTo("{\"statusCode\":\"422\"}");
        assertThat(answer.headers().map().keySet()).containsExactlyInAnyOrder("content-type", "content-length");
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void aHeaderOfARequestSetsNeitherTheStatusNorTheTypeOfItsAnswer() throws Exception {
        HttpResponse<String> answer = server.send(server.request("/openapi.json")
                .header("CamelHttpResponseCode", "418")
                .header("Content-Type", "text/html")
                .GET());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void anAnswerThatAsksToComeBackSaysWhen() throws Exception {
        answer(503, "{\"statusCode\":\"503\"}");

        assertThat(server.send(server.post("/", "{}")).headers().firstValue("retry-after"))
                .contains("1");
    }

    @Test
    void aRouteThatFailsIsAnswered500WithoutItsReason() throws Exception {
        server.kafka().answers(exchange -> {
            throw new IllegalStateException("secret");
        });

        HttpResponse<String> answer = server.send(server.post("/", "{}"));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(json(answer.body()).path("statusCode").textValue()).isEqualTo("500");
        assertThat(answer.body()).contains("Error message: ").doesNotContain("secret", "Exception", "\tat ");
    }

    private void refuses(HttpRequest.Builder request, String message) throws Exception {
        HttpResponse<String> answer = server.send(request);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer.body()).path("message").textValue()).isEqualTo(message);
    }

    private void answer(int status, String body) {
        server.kafka().answers(exchange -> {
            exchange.getMessage().setHeaders(Map.of(Exchange.HTTP_RESPONSE_CODE, status));
            exchange.getMessage().setBody(body.getBytes(StandardCharsets.UTF_8));
        });
    }
}
