package dev.kafila.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sandbox steered from outside, as with curl. */
@Timeout(60)
class SandboxAdminTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SandboxAws aws = SandboxAws.start();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void theNextInvocationsFailAndThenNoMore() throws Exception {
        call("POST", "/functions/orders/answers?answer=throttle&retry-after=2&times=2");

        assertThat(Stream.of(invoke("1"), invoke("2"), invoke("3")).map(HttpResponse::statusCode))
                .containsExactly(429, 429, 200);
    }

    @ParameterizedTest
    @CsvSource({
        "answer=status&status=503&type=Unavailable&times=1, 503, 200",
        "answer=status&status=502&every=2, 200, 502",
        "answer=status&status=400&containing=first, 400, 200",
        "answer=status&status=403&always=true, 403, 403",
        "answer=slow&ms=20&times=1, 200, 200",
        "answer=function-error, 200, 200",
    })
    void aFailureIsSetForTheRequestsItIsMeantFor(String query, int first, int second) throws Exception {
        call("POST", "/functions/orders/answers?" + query);

        assertThat(invoke("\"first\"").statusCode()).isEqualTo(first);
        assertThat(invoke("\"second\"").statusCode()).isEqualTo(second);
        call("DELETE", "/functions/orders/answers");
        assertThat(invoke("\"first\"").statusCode()).isEqualTo(200);
    }

    @Test
    void whatWasReceivedIsReadBackAndForgotten() throws Exception {
        invoke("\"é 1\"");
        invoke("\"2\"");

        assertThat(call("GET", "/functions/orders?last=1").findValuesAsText("payload"))
                .containsExactly("\"2\"");
        assertThat(call("GET", "/functions/orders").findValuesAsText("payload")).containsExactly("\"é 1\"", "\"2\"");
        assertThat(call("GET", "").at("/functions/orders/delivered").asInt()).isEqualTo(2);
        assertThat(call("DELETE", "").at("/functions/orders/received").asInt(-1))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"answer=explode", "answer=throttle&times=many", "times=3"})
    void aQueryThatMakesNoSenseIsRefusedWithWhatWouldBeRight(String query) throws Exception {
        HttpResponse<String> response = send("POST", "/_sandbox/functions/orders/answers?" + query, "");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).containsAnyOf("answer=", "times=");
        assertThat(invoke("1").statusCode()).isEqualTo(200);
    }

    private JsonNode call(String method, String path) throws Exception {
        HttpResponse<String> response = send(method, "/_sandbox" + path, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> invoke(String payload) throws Exception {
        return send("POST", "/2015-03-31/functions/orders/invocations", payload);
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(aws.endpoint().resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (String header : List.of(
                "Authorization: AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-central-1/lambda/aws4_request,"
                        + " SignedHeaders=host, Signature=" + "0".repeat(64),
                "X-Amz-Date: 20260101T000000Z")) {
            request.header(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(' ') + 1));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
