package dev.kafila.mapping.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may use the API when it asks for no signature. */
class UnsignedRequestTest {
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
}
