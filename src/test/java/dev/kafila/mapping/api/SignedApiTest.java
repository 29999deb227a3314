package dev.kafila.mapping.api;

import static dev.kafila.mapping.api.ApiFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.LambdaException;

/** An API that asks for signatures, as AWS's own client for Java sees it. */
class SignedApiTest {
    private static final Map<String, String> KEYS = Map.of("AKIDEXAMPLE", "wJalrXUtnFEMI");

    private ApiFixture api;

    @BeforeEach
    void start() {
        api = ApiFixture.start(ApiFixture.ALLOWED, KEYS);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aClientWithTheKeyMayDoEverything() {
        try (LambdaClient lambda = api.client("AKIDEXAMPLE", "wJalrXUtnFEMI")) {
            var created = lambda.createEventSourceMapping(
                    request("orders").toBuilder().tags(Map.of("a", "b")).build());
            lambda.getEventSourceMapping(get -> get.uuid(created.uuid()));
            lambda.listEventSourceMappings(
                    list -> list.functionName(ApiFixture.FUNCTION).maxItems(1));
            lambda.updateEventSourceMapping(
                    update -> update.uuid(created.uuid()).batchSize(5));
            lambda.tagResource(
                    tag -> tag.resource(created.eventSourceMappingArn()).tags(Map.of("c d", "é")));
            lambda.untagResource(
                    untag -> untag.resource(created.eventSourceMappingArn()).tagKeys("c d", "a"));
            assertThat(lambda.listTags(list -> list.resource(created.eventSourceMappingArn()))
                            .tags())
                    .isEmpty();
            lambda.deleteEventSourceMapping(delete -> delete.uuid(created.uuid()));
        }
    }

    @Test
    void aRequestWithoutASignatureIsRefused() {
        RawHttp.Reply reply = new RawHttp(api.endpoint()).post(Requests.body(Map.of()));

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.errorType()).isEqualTo("MissingAuthenticationTokenException");
        assertThat(reply.message()).isEqualTo("Missing Authentication Token");
        assertThat(api.store().list()).isEmpty();
    }

    @Test
    void anotherKeyIsRefused() {
        refuses(api, "OTHER", "wJalrXUtnFEMI", "UnrecognizedClientException");
    }

    @Test
    void anotherSecretIsRefused() {
        refuses(api, "AKIDEXAMPLE", "wJalrXUtnFEMI2", "InvalidSignatureException");
    }

    @Test
    void aClientWhoseClockIsWrongIsRefused() {
        for (Duration wrong : new Duration[] {Duration.ofMinutes(6), Duration.ofMinutes(-6)}) {
            try (ApiFixture other =
                    ApiFixture.start(ApiFixture.ALLOWED, KEYS, Clock.offset(Clock.systemUTC(), wrong))) {
                refuses(other, "AKIDEXAMPLE", "wJalrXUtnFEMI", "InvalidSignatureException");
            }
        }
    }

    private static void refuses(ApiFixture api, String keyId, String secret, String errorCode) {
        try (LambdaClient lambda = api.client(keyId, secret)) {
            assertThatExceptionOfType(LambdaException.class)
                    .isThrownBy(() -> lambda.createEventSourceMapping(request("orders")))
                    .satisfies(thrown -> {
                        assertThat(thrown.statusCode()).isEqualTo(403);
                        assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo(errorCode);
                        assertThat(thrown.getMessage()).doesNotContain("wJalr");
                    });
        }
        assertThat(api.store().list()).isEmpty();
    }
}
