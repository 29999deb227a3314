package dev.kafila.gateway.http;

import static dev.kafila.gateway.http.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP knows besides a POST that is right. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestServerTest {
    private static final String HEAD = """
        POST /topics/orders HTTP/1.1
        Host: localhost
        Content-Type: application/json
        """;

    private ServerFixture server;

    @BeforeAll
    void start() throws Exception {
        server = ServerFixture.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/topics", "/topics/", "/topics/a/b", "/other", "/observe/health", "/openapi.json/x"})
    void anotherPathIs404(String path) throws Exception {
        refused(404, server.post(path, "{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/|POST, OPTIONS",
                "PUT|/topics/orders|POST, OPTIONS",
                "DELETE|/topics/orders|POST, OPTIONS",
                "PATCH|/|POST, OPTIONS",
                "TRACE|/|POST, OPTIONS",
                "POST|/openapi.json|GET, HEAD, OPTIONS"
            })
    void anotherMethodIs405AndSaysWhichThereAre(String method, String path, String allowed) throws Exception {
        HttpResponse<String> answer =
                refused(405, server.request(path).method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.headers().firstValue("allow")).contains(allowed);
    }

    @Test
    void optionsAreToldToNoPageOfAnotherSite() throws Exception {
        HttpResponse<String> answer =
                server.send(server.request("/topics/orders").method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("allow")).contains("POST, OPTIONS");
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
    }

    @Test
    void headIsGetWithoutABody() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            String answer = client.send("HEAD /openapi.json HTTP/1.1\nHost: localhost\nConnection: close\n\n")
                    .rest();

            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json;charset=UTF-8",
                "Application/JSON; charset=\"utf-8\"",
                "application/vnd.shop.order+json"
            })
    void jsonIsTaken(String type) throws Exception {
        assertThat(post(type).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json; charset=iso-8859-1",
                "application/jsonx",
                "text/plain; a=application/json"
            })
    void anythingElseIs415(String type) throws Exception {
        assertThat(post(type).statusCode()).isEqualTo(415);
    }

    @Test
    void aBodyWithoutATypeIs415BecauseAPageMaySendItUnasked() throws Exception {
        refused(415, server.request("/topics/orders").POST(HttpRequest.BodyPublishers.ofString("{}")));
    }

    @Test
    void aBodyOfTwoTypesIs415() throws Exception {
        refused(415, server.post("/topics/orders", "{}").header("Content-Type", "text/plain"));
    }

    @Test
    void aCompressedBodyIs415() throws Exception {
        refused(415, server.post("/topics/orders", "{}").header("Content-Encoding", "gzip"));
        assertThat(server.send(server.post("/topics/orders", "{}").header("Content-Encoding", "identity"))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "%f", "%", "orders?verbose=%zz"})
    void anAddressThatCannotBeDecodedIs400(String topic) throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            Answered reply = client.send("POST /topics/" + topic + " HTTP/1.1\nHost: localhost\n"
                            + "Content-Type: application/json\nContent-Length: 2\n\n{}")
                    .reply();

            assertThat(reply.status()).isEqualTo(400);
            assertThat(json(reply.body()).path("statusCode").textValue()).isEqualTo("400");
        }
    }

    @Test
    void whatIsNotHttpIs400AndTheConnectionIsClosed() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.send("hello\n\n").rest())
                    .startsWith("HTTP/1.0 400 ")
                    .contains("\"statusCode\":\"400\"");
        }
    }

    @Test
    void headersThatAreTooLongAre431() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.send(HEAD + "message-key: " + "k".repeat(20_000) + "\n\n")
                            .rest())
                    .startsWith("HTTP/1.1 431 ")
                    .contains("\"statusCode\":\"431\"");
        }
    }

    @Test
    void aPathThatIsTooLongIs414() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.send("POST /topics/" + "o".repeat(20_000) + " HTTP/1.1\n\n")
                            .rest())
                    .startsWith("HTTP/1.0 414 ")
                    .contains("\"statusCode\":\"414\"");
        }
    }

    @Test
    void headersInUtf8ArriveAsTheyWereSent() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            server.kafka().requests().clear();

            // The bytes of é and of 世 in UTF-8.
            client.send(HEAD
                            + "message-key: caf\u00c3\u00a9\n"
                            + "message-headers: \u00e4\u00b8\u0096=1\n"
                            + "Content-Length: 2\n\n"
                            + "{}")
                    .reply();

            assertThat(server.kafka().requests().remove().getMessage().getBody())
                    .hasToString("""
                        {"body":{},"topicName":"orders","key":"café","headers":{"世":"1"}}\
                        """);
        }
    }

    @Test
    void headersThatAreNotUtf8Are400() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            Answered reply = client.send(HEAD + "message-key: caf\u00e9\nContent-Length: 2\n\n{}")
                    .reply();

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).contains("message-key: its value is not UTF-8");
        }
    }

    @Test
    void requestsOfOneConnectionAreAnsweredInTheirOrder() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            String request = HEAD + "Content-Length: 2\n\n";

            client.send(request + "{}" + request + "[[" + request + "{}");

            assertThat(client.reply().status()).isEqualTo(200);
            assertThat(client.reply().status()).isEqualTo(400);
            assertThat(client.reply().status()).isEqualTo(200);
        }
    }

    @Test
    void aClientOfHttp10IsAnsweredAndLetGo() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.send(HEAD.replace("1.1", "1.0") + "Content-Length: 2\n\n{}")
                            .rest())
                    .startsWith("HTTP/1.0 200 OK\r\n")
                    .endsWith("{\"statusCode\":\"200\",\"message\":\"ok\"}");
        }
    }

    @Test
    void aClientThatAsksFirstIsToldToGoOn() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(HEAD + "Expect: 100-continue\nContent-Length: 2\n\n");
            assertThat(client.reply().status()).isEqualTo(100);

            assertThat(client.send("{}").reply().status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatAsksFirstIsToldOfARefusalBeforeItSendsItsBody() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.send(HEAD + "Expect: 100-continue\nContent-Length: 5000\n\n")
                            .reply()
                            .status())
                    .isEqualTo(413);
        }
    }

    @Test
    void anotherExpectationIs417() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            Answered reply =
                    client.send(HEAD + "Expect: tea\nContent-Length: 2\n\n{}").reply();

            assertThat(reply.status()).isEqualTo(417);
            assertThat(reply.body()).contains("\"statusCode\":\"417\"");
        }
    }

    @Test
    void aBodyWhosePiecesDoNotFitTogetherEndsItsConnectionAndIsNoRequest() throws Exception {
        server.kafka().requests().clear();
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.send(HEAD + "Transfer-Encoding: chunked\n\n2\n{}\nxyz\n")
                            .rest())
                    .isEmpty();
        }
        assertThat(server.kafka().requests()).isEmpty();
    }

    @Test
    void aRequestWithTwoLengthsIs400() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.send(HEAD + "Content-Length: 2\nContent-Length: 3\n\n{}")
                            .reply()
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void anUpgradeIsNotTaken() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            Answered reply = client.send(HEAD
                            + "Connection: Upgrade, HTTP2-Settings\n"
                            + "Upgrade: h2c\n"
                            + "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\n"
                            + "Content-Length: 2\n\n"
                            + "{}")
                    .reply();

            assertThat(reply.status()).isEqualTo(200);
        }
    }

    private HttpResponse<String> post(String type) throws Exception {
        return server.send(server.request("/topics/orders")
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    }

    private HttpResponse<String> refused(int status, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = server.send(request);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(json(answer.body()).path("statusCode").textValue()).isEqualTo(Integer.toString(status));
        assertThat(json(answer.body()).path("message").textValue()).isNotEmpty();
        return answer;
    }
}
