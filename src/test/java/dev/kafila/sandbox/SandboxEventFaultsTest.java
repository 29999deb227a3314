package dev.kafila.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.http.ConnectionClosedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/** What goes wrong with a whole PutEvents request, and what the sandbox tells of requests afterwards. */
@Timeout(60)
class SandboxEventFaultsTest {
    private final SandboxAws aws = SandboxAws.start();
    private final SandboxEvents events = aws.events();
    private final EventBridgeClient client = TestClients.events(aws);

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, ThrottlingException",
        "429, ThrottlingException",
        "400, AccessDeniedException",
        "403, ExpiredTokenException",
        "400, ResourceNotFoundException",
        "400, ValidationException",
        "500, InternalException",
        "500, InternalFailure",
        "503, ServiceUnavailable",
    })
    void aWholeRequestFailsAsToldAndTheNextOneSucceeds(int status, String type) {
        events.answers(Answer.status(status, type));

        EventBridgeException thrown = catchThrowableOfType(EventBridgeException.class, () -> put(0));

        assertThat(thrown.statusCode()).isEqualTo(status);
        assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo(type);
        assertThat(events.entries()).isEmpty();
        assertThat(put(0).failedEntryCount()).isZero();
    }

    @Test
    void aThrottleIsA400AndMayCarryRetryAfter() {
        events.answers(Answer.rateExceeded().withRetryAfter(Duration.ofSeconds(2)));

        EventBridgeException thrown = catchThrowableOfType(EventBridgeException.class, () -> put(0));

        assertThat(thrown.statusCode()).isEqualTo(400);
        assertThat(thrown.isThrottlingException()).isTrue();
        assertThat(thrown.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("Retry-After"))
                .hasValue("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Entries\":",
                "[]",
                "{\"Entries\":{}}",
                "{\"Entries\":[\"text\"]}",
                "{\"Entries\":[{\"Source\":7}]}",
                "{\"Entries\":[{\"Time\":\"today\"}]}",
                "{\"Entries\":[{\"Resources\":[1]}]}",
                "{\"EndpointId\":1,\"Entries\":[]}",
            })
    void aBodyThatIsNoPutEventsIsNotRead(String body) throws Exception {
        HttpResponse<String> answer = send(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new ObjectMapper().readTree(answer.body()).path("__type").asText())
                .isEqualTo("SerializationException");
    }

    @Test
    void anEndpointIdThatCannotBeOneIsRefused() throws Exception {
        String entry = "{\"Source\":\"s\",\"DetailType\":\"d\",\"Detail\":\"{}\"}";

        assertThat(send("{\"EndpointId\":\"abc\",\"Entries\":[" + entry + "]}").statusCode())
                .isEqualTo(400);
        assertThat(send("{\"EndpointId\":\"abc.def\",\"Entries\":[" + entry + "]}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(events.received()).extracting(PutEvents::endpointId).containsExactly("abc", "abc.def");
    }

    @Test
    void brokenConnectionsAreSeenAsWhatTheyAreAndNothingIsTaken() {
        events.answers(Answer.reset(), Answer.truncated());

        assertThatThrownBy(() -> put(0)).hasRootCauseInstanceOf(SocketException.class);
        assertThatThrownBy(() -> put(0))
                .isInstanceOf(SdkClientException.class)
                .hasRootCauseInstanceOf(ConnectionClosedException.class);

        assertThat(events.entries()).isEmpty();
        Awaitility.await().until(() -> events.exchanges().size() == 2);
    }

    @Test
    void aHangingAnswerEndsWithTheClientsPatience() {
        events.answers(Answer.hang());
        try (EventBridgeClient impatient = TestClients.events(aws, Duration.ofMillis(300))) {
            assertThatThrownBy(() -> put(impatient, 0)).hasRootCauseInstanceOf(SocketTimeoutException.class);
        }

        Awaitility.await().until(() -> events.inFlight() == 0);
        assertThat(events.exchanges().get(0).results()).isEmpty();
    }

    @Test
    void requestsAreThrottledWhenTooManyAreOut() {
        events.answersBeyond(2, Answer.rateExceeded());
        events.byDefault(Answer.slow(Duration.ofMillis(500)));

        List<Boolean> taken = putTogether(5);

        assertThat(taken).filteredOn(each -> each).hasSize(2);
        assertThat(events.entries()).hasSize(2);
        assertThat(put(9).failedEntryCount()).isZero();
    }

    @Test
    void requestsAreThrottledWhenTheyComeTooFast() {
        events.answersFasterThan(3, Answer.rateExceeded());

        List<Boolean> taken = IntStream.range(0, 30).mapToObj(this::isTaken).toList();

        assertThat(taken.subList(0, 3)).containsOnly(true);
        assertThat(taken).contains(false);
    }

    @Test
    void aBucketHoldsWhatMayComeInASecond() {
        AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
        TokenBucket bucket = new TokenBucket(2, clock::get);

        assertThat(List.of(bucket.take(), bucket.take(), bucket.take())).containsExactly(true, true, false);
        clock.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(List.of(bucket.take(), bucket.take())).containsExactly(true, false);
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(List.of(bucket.take(), bucket.take(), bucket.take())).containsExactly(true, true, false);
    }

    @Test
    void requestsOneAfterAnotherOvertakeNothing() {
        put(0);
        put(1);

        PutTimeline timeline = PutTimeline.of(events.exchanges());
        assertThat(timeline.overtaking()).isZero();
        assertThat(timeline.outOfOrder()).isZero();
        assertThat(timeline.mostAtOnce()).isEqualTo(1);
        assertThat(events.entries()).extracting(PutTimeline::record).containsExactly("orders-0@0", "orders-0@1");
    }

    @Test
    void requestsOfAPartitionThatAreOutTogetherAreFoundOut() {
        events.byDefault(Answer.slow(Duration.ofMillis(500)));

        putTogether(3);
        // A client may have its answer before the exchange is noted as over.
        await().until(() -> events.exchanges().size() == 3);

        PutTimeline timeline = PutTimeline.of(events.exchanges());
        assertThat(timeline.overtaking()).isEqualTo(2);
        assertThat(timeline.mostAtOnce()).isEqualTo(3);
    }

    @Test
    void anEventThatComesAfterALaterOneIsFoundOut() {
        put(7);
        put(3);

        assertThat(PutTimeline.of(events.exchanges()).outOfOrder()).isEqualTo(1);
        assertThat(PutTimeline.of(events.exchanges()).overtaking()).isZero();
    }

    @Test
    void anEntryThatFailedInsideOfItsRequestComesInOrderAfterIt() {
        events.failsEntries(Map.of(0, "InternalFailure"));
        put(3, 4);
        put(3);
        put(5);

        assertThat(PutTimeline.of(events.exchanges()).outOfOrder()).isZero();

        events.failsEntries(Map.of(0, "InternalFailure"));
        put(6, 7);
        put(8);
        put(6);

        assertThat(PutTimeline.of(events.exchanges()).outOfOrder()).isEqualTo(1);
    }

    private List<Boolean> putTogether(int requests) {
        ExecutorService callers = Executors.newFixedThreadPool(requests);
        try {
            List<CompletableFuture<Boolean>> calls = new ArrayList<>();
            for (int call = 0; call < requests; call++) {
                int offset = call;
                calls.add(CompletableFuture.supplyAsync(() -> isTaken(offset), callers));
            }
            return calls.stream().map(CompletableFuture::join).toList();
        } finally {
            callers.shutdown();
        }
    }

    private boolean isTaken(int offset) {
        try {
            return put(offset).failedEntryCount() == 0;
        } catch (EventBridgeException throttled) {
            assertThat(throttled.isThrottlingException()).isTrue();
            return false;
        }
    }

    private PutEventsResponse put(int... offsets) {
        return put(client, offsets);
    }

    private static PutEventsResponse put(EventBridgeClient client, int... offsets) {
        return client.putEvents(request -> request.entries(IntStream.of(offsets)
                .mapToObj(offset -> PutEventsRequestEntry.builder()
                        .source("shop")
                        .detailType("order")
                        .detail("{\"topic\":\"orders\",\"partition\":0,\"offset\":" + offset + "}")
                        .build())
                .toList()));
    }

    private HttpResponse<String> send(String body) throws Exception {
        String signature = "AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-central-1/events/aws4_request, "
                + "SignedHeaders=host, Signature=" + "0".repeat(64);
        HttpRequest request = HttpRequest.newBuilder(aws.endpoint())
                .header("X-Amz-Target", "AWSEvents.PutEvents")
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("Authorization", signature)
                .header("X-Amz-Date", "20260101T000000Z")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
