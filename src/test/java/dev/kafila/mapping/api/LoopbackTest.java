package dev.kafila.mapping.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;

/** Who may use an API that asks for no signature. */
class LoopbackTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:9877", "127.0.0.1:9877", "127.0.1.1", "[::1]:9877"})
    void aProgramOnThisMachineMay(String host) {
        assertThatCode(() -> Loopback.verify(request(Map.of("host", List.of(host)))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rebound.example:9877", "127.0.0.1.example", "192.168.0.7:9877", ""})
    void aNameThatSomebodyElseGaveThisMachineMayNot(String host) {
        refuses(request(Map.of("host", List.of(host))));
    }

    @Test
    void aRequestWithoutAHostMayNot() {
        refuses(request(Map.of()));
    }

    @Test
    void aPageInABrowserMayNot() {
        try (ApiFixture api = ApiFixture.start()) {
            RawHttp http = new RawHttp(api.endpoint());

            RawHttp.Reply reply = http.send(http.request(RawHttp.MAPPINGS)
                    .header("Origin", "http://shop.example")
                    .header("Content-Type", "text/plain")
                    .POST(HttpRequest.BodyPublishers.ofString(Requests.body(Map.of()))));

            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.errorType()).isEqualTo("AccessDeniedException");
            assertThat(reply.message()).contains("kafila.mapping.access-keys.");
            assertThat(api.store().list()).isEmpty();
        }
    }

    private static void refuses(ApiRequest request) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> Loopback.verify(request))
                .satisfies(thrown -> assertThat(thrown.error()).isEqualTo(ApiError.ACCESS_DENIED));
    }

    private static ApiRequest request(Map<String, List<String>> headers) {
        return new ApiRequest("GET", RawHttp.MAPPINGS, Map.of(), headers, SdkBytes.fromUtf8String(""));
    }
}
