package dev.kafila.gateway.http;

import static dev.kafila.gateway.http.ServerFixture.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may send requests. */
class AccessTest {

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class WithKeys {
        private ServerFixture server;

        @BeforeAll
        void start() throws Exception {
            server = ServerFixture.start(
                    ServerFixture.settings(1, List.of("another-key-of-some-length", KEY)), Limits.DEFAULT);
        }

        @AfterAll
        void stop() {
            server.close();
        }

        @ParameterizedTest
        @CsvSource({
            "X-Api-Key, a-key-of-some-length",
            "x-api-key, another-key-of-some-length",
            "Authorization, Bearer a-key-of-some-length",
            "Authorization, bearer a-key-of-some-length"
        })
        void oneOfTheKeysOpens(String header, String value) throws Exception {
            assertThat(server.send(server.post("/topics/orders", "{}").header(header, value))
                            .statusCode())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @CsvSource({
            "X-Api-Key, a-key-of-some-lengtH",
            "X-Api-Key, a-key-of-some-length2",
            "X-Api-Key, a-key-of-some-lengt",
            "X-Api-Key, Bearer a-key-of-some-length",
            "Authorization, a-key-of-some-length",
            "Authorization, Basic a-key-of-some-length",
            "Authorization, Bearer",
            "X-Other, a-key-of-some-length"
        })
        void nothingElseDoes(String header, String value) throws Exception {
            HttpResponse<String> answer =
                    server.send(server.post("/topics/orders", "{}").header(header, value));

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
            assertThat(answer.body()).contains("\"statusCode\":\"401\"").doesNotContain("some-len");
            assertThat(server.kafka().requests()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"/openapi.json", "/other"})
        void everyPathIsClosed(String path) throws Exception {
            assertThat(server.send(server.request(path).GET()).statusCode()).isEqualTo(401);
        }

        @Test
        void whoeverHasAKeyMayComeByAnyName() throws Exception {
            try (RawClient client = new RawClient(server.port())) {
                assertThat(client.send("""
                    GET /openapi.json HTTP/1.1
                    Host: gateway.example
                    Origin: https://shop.example
                    X-Api-Key: %s

                    """.formatted(KEY)).reply().status()).isEqualTo(200);
            }
        }

        @Test
        void whoeverHasNoneIsToldBeforeItSendsItsBodyAndTakesNobodysPlace() throws Exception {
            try (RawClient stranger = new RawClient(server.port())) {
                stranger.send("""
                    POST /topics/orders HTTP/1.1
                    Host: localhost
                    Content-Type: application/json
                    Content-Length: 2

                    """);

                assertThat(stranger.reply().status()).isEqualTo(401);
                assertThat(server.send(server.post("/topics/orders", "{}").header("X-Api-Key", KEY))
                                .statusCode())
                        .isEqualTo(200);
                server.kafka().requests().clear();
            }
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class WithoutKeysOnLoopback {
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
        @ValueSource(strings = {"Host: localhost", "Host: 127.0.0.1:8080", "Host: [::1]:8080"})
        void programsOfThisMachineMay(String headers) throws Exception {
            assertThat(status(headers)).isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Host: rebound.example",
                    "Host: localhost\nOrigin: https://shop.example",
                    "Host: localhost\nOrigin: null"
                })
        void pagesInABrowserMayNot(String headers) throws Exception {
            assertThat(status(headers)).isEqualTo(403);
        }

        private int status(String headers) throws Exception {
            try (RawClient client = new RawClient(server.port())) {
                return client.send("POST / HTTP/1.1\n" + headers
                                + "\nContent-Type: application/json\nContent-Length: 2\n\n{}")
                        .reply()
                        .status();
            }
        }
    }

    @Test
    void onlyAServerThatOthersReachAndThatAsksNobodyIsOpen() {
        assertThat(new Access(List.of(), "0.0.0.0").isOpen()).isTrue();
        assertThat(new Access(List.of(KEY), "0.0.0.0").isOpen()).isFalse();
        assertThat(new Access(List.of(), "127.0.0.1").isOpen()).isFalse();
    }
}
