package dev.kafila.eventbridge;

import static dev.kafila.eventbridge.EventBridgeFlow.BUS;
import static dev.kafila.record.TestRecords.records;
import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.batch.BatchAbandonedException;
import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.batch.RouteStopException;
import dev.kafila.failure.Pending;
import dev.kafila.lambda.TestLease;
import dev.kafila.record.TestRecords;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.EventEntry;
import dev.kafila.sandbox.PutEvents;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxEvents;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the contract of PutEvents, over real HTTP through the real AWS client, from the exchange's beginning to its end. */
class EventBridgeDeliveryTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SandboxAws aws = SandboxAws.start();
    private final SandboxEvents events = aws.events();
    private final TestLease lease = new TestLease();
    private final EventBridgeFlow flow = EventBridgeFlow.to(aws);

    @AfterEach
    void close() {
        flow.close();
        lease.close();
        aws.close();
    }

    @Test
    void tenRecordsAreOneRequestAndEachOfThemDelivered() throws Exception {
        flow.start();

        assertDelivered(deliver("a", "b", "c"), 3);

        assertThat(events.received()).singleElement().satisfies(put -> assertThat(values(put))
                .containsExactly("a", "b", "c"));
        assertThat(events.entries(BUS)).hasSize(3);
    }

    @Test
    void withoutALeaseABatchIsDeliveredInPlace() throws Exception {
        flow.start();

        assertDelivered(flow.send(null, records("a")).get(20, TimeUnit.SECONDS), 1);
    }

    @Test
    void theRequestsOfABatchAreOutTogether() throws Exception {
        flow.start();
        events.byDefault(Answer.slow(Duration.ofMillis(300)));

        assertDelivered(deliver(numbered(45)), 45);

        assertThat(events.count()).isEqualTo(5);
        assertThat(events.maxInFlight()).isEqualTo(5);
    }

    @Test
    void noMoreRequestsAreOutAtOnceThanAllowed() throws Exception {
        flow.with("maxInFlight", "2").start();
        events.byDefault(Answer.slow(Duration.ofMillis(50)));

        assertDelivered(deliver(numbered(95)), 95);

        assertThat(events.maxInFlight()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"InternalFailure", "InternalException", "ThrottlingException"})
    void anEntryThatMayPassIsTriedAgainUntilItDoesAndItsNeighboursAreNot(String code) throws Exception {
        flow.start();
        events.failsEntries(Map.of(1, code, 3, code));
        events.failsEntries(Map.of(0, code));

        assertDelivered(deliver("a", "b", "c", "d"), 4);

        assertThat(events.received())
                .extracting(EventBridgeDeliveryTest::values)
                .containsExactly(List.of("a", "b", "c", "d"), List.of("b", "d"), List.of("b"));
        assertThat(taken()).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void entriesThatFailedInSeveralRequestsComeAgainInOne() throws Exception {
        flow.start();
        events.failsEntries(Map.of(0, "InternalFailure"));
        events.failsEntries(Map.of(0, "InternalException"));
        events.failsEntries(Map.of(0, "ThrottlingException"));

        assertDelivered(deliver(numbered(30)), 30);

        assertThat(events.count()).isEqualTo(4);
        assertThat(taken()).hasSize(30).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidArgument", "MalformedDetail", "RedactionFailure", "SomethingNew"})
    void anEntryThatIsRefusedForGoodIsNotTriedAgain(String code) throws Exception {
        flow.with("onFailure", "drop").start();
        events.failsEntries(Map.of(1, code));

        Exchange exchange = deliver("a", "b", "c");

        assertThat(exchange.getException()).isNull();
        assertThat(outcomes(exchange)).isEqualTo(new Outcomes(2, 0, 1, 0));
        assertThat(events.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AccessDeniedException",
                "InvalidAccountIdException",
                "NotAuthorizedForSourceException",
                "NotAuthorizedForDetailTypeException"
            })
    void anEntryThatIsNotAllowedStopsThePartitionUnderAnyPolicyAndIsProbed(String code) throws Exception {
        flow.with("onFailure", "drop").start();
        events.failsEntries(Map.of(1, code));

        Exchange stopped = deliver("a", "b", "c");

        assertStopped(stopped, true, "Bus " + BUS, "orders-0@1", code);
        assertThat(outcomes(stopped)).isEqualTo(Outcomes.delivered(2));
        Exchange probed =
                flow.send(lease, records("a", "b", "c"), Pending.of(stopped)).get(20, TimeUnit.SECONDS);
        assertDelivered(probed, 3);
        assertThat(taken()).containsExactly("a", "c", "b");
    }

    @ParameterizedTest
    @CsvSource({
        "500, InternalException",
        "500, InternalFailure",
        "503, ServiceUnavailable",
        "504, GatewayTimeout",
        "400, ThrottlingException",
        "429, TooManyRequestsException"
    })
    void aRequestThatMayPassIsTriedAgainUntilItDoes(int status, String error) throws Exception {
        flow.start();
        events.answers(Answer.status(status, error), Answer.status(status, error));

        assertDelivered(deliver("a", "b"), 2);

        assertThat(events.count()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Answer.Kind.class,
            names = {"RESET", "TRUNCATED", "HANG"})
    void aBrokenConnectionOrATimeoutIsTriedAgainUntilItPasses(Answer.Kind kind) throws Exception {
        flow.with("callTimeout", "3s").start();
        events.answers(
                switch (kind) {
                    case RESET -> Answer.reset();
                    case TRUNCATED -> Answer.truncated();
                    default -> Answer.hang();
                });

        assertDelivered(deliver("a"), 1);

        assertThat(events.count()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"FailedEntryCount\":0,\"Entries\":[]}",
                "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"1\"}]}",
                "{\"FailedEntryCount\":0,\"Entries\":[{},{}]}",
                "{\"FailedEntryCount\":0,\"Entries\":[null,null]}",
                "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"\"},{\"EventId\":\"\"}]}",
                "no JSON"
            })
    void anAnswerThatDoesNotSayThatAnEntryWasTakenIsNoSuccess(String body) throws Exception {
        flow.start();
        events.answers(Answer.ok(body));

        assertDelivered(deliver("a", "b"), 2);

        assertThat(events.received())
                .extracting(EventBridgeDeliveryTest::values)
                .containsExactly(List.of("a", "b"), List.of("a", "b"));
    }

    @Test
    void threeAttemptsAreThreeRequestsOnTheWire() throws Exception {
        flow.start();
        events.byDefault(Answer.status(503, "ServiceUnavailable"));

        Exchange exchange = deliver("a");

        assertThat(events.count()).isEqualTo(3);
        assertStopped(exchange, false, "orders-0@0", "3 attempts");
    }

    @Test
    void attemptsOfAnEntryAreCountedWhetherItFailedAloneOrWithItsRequest() throws Exception {
        flow.with("onFailure", "drop").start();
        events.answers(Answer.status(503, "ServiceUnavailable"));
        events.failsEntriesWhen(entry -> value(entry).equals("b"), "InternalFailure");

        Exchange exchange = deliver("a", "b");

        assertThat(outcomes(exchange)).isEqualTo(new Outcomes(1, 0, 1, 0));
        assertThat(events.received())
                .extracting(EventBridgeDeliveryTest::values)
                .containsExactly(List.of("a", "b"), List.of("a", "b"), List.of("b"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, AccessDeniedException",
        "400, UnrecognizedClientException",
        "403, ExpiredTokenException",
        "400, ResourceNotFoundException",
        "404, UnknownOperationException"
    })
    void aRequestThatIsNotAllowedStopsThePartitionUnderAnyPolicyAndIsProbed(int status, String error) throws Exception {
        flow.with("onFailure", "drop").start();
        events.byDefault(Answer.status(status, error));

        Exchange exchange = deliver("a", "b");

        assertStopped(exchange, true, "Bus " + BUS, error);
        assertThat(outcomes(exchange)).isEqualTo(Outcomes.NONE);
        assertThat(events.count()).isEqualTo(1);
    }

    @Test
    void aStopEndsTheSendingOfFurtherRequestsAndWhatIsOutCounts() throws Exception {
        flow.with("maxInFlight", "1").start();
        events.answers(Answer.ok(), Answer.status(400, "AccessDeniedException"));

        Exchange exchange = deliver(numbered(95));

        assertStopped(exchange, true, "orders-0@10..19");
        assertThat(outcomes(exchange)).isEqualTo(Outcomes.delivered(10));
        assertThat(events.count()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop-partition", "stop"})
    void aPolicyThatStopsEndsTheSendingOfFurtherRequestsToo(String policy) throws Exception {
        flow.with("maxInFlight", "1").with("onFailure", policy).start();
        events.failsEntries(Map.of(3, "MalformedDetail"));

        Exchange exchange = deliver(numbered(95));

        assertThat(outcomes(exchange)).isEqualTo(Outcomes.delivered(9));
        assertThat(events.count()).isEqualTo(1);
    }

    @Test
    void aTooLargeRequestIsCutUntilItsPartsFitAndNoEntryIsTakenTwice() throws Exception {
        flow.with("maxAttempts", "1").start();
        events.answersWhen(put -> put.entries().size() > 2, Answer.status(413, "RequestEntityTooLargeException"));

        assertDelivered(deliver("a", "b", "c", "d", "e"), 5);

        assertThat(taken()).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }

    @ParameterizedTest
    @CsvSource({"400, ValidationException", "413, RequestEntityTooLargeException"})
    void ofARequestThatIsRefusedForGoodOnlyTheCulpritIsGivenUp(int status, String error) throws Exception {
        flow.with("onFailure", "drop").start();
        events.answersWhen(put -> values(put).contains("culprit"), Answer.status(status, error));

        Exchange exchange = deliver("a", "b", "culprit", "d", "e");

        assertThat(outcomes(exchange)).isEqualTo(new Outcomes(4, 0, 1, 0));
        assertThat(taken()).containsExactlyInAnyOrder("a", "b", "d", "e");
    }

    @Test
    void aRecordThatFitsIntoNoRequestIsGivenUpWithoutARequest() throws Exception {
        flow.with("onFailure", "drop").with("payloadLimit", "2000").start();

        Exchange exchange = deliver("a", "x".repeat(3000), "c");

        assertThat(outcomes(exchange)).isEqualTo(new Outcomes(2, 0, 1, 0));
        assertThat(taken()).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void stoppingThePartitionKeepsWhatIsDoneAndGivesTheRestAllItsAttemptsAgain() throws Exception {
        flow.start();
        events.failsEntriesWhen(entry -> value(entry).equals("poison"), "MalformedDetail");

        Exchange stopped = deliver("a", "poison", "c");
        assertStopped(stopped, false, "orders-0@1");
        events.answersNormally();
        events.answers(Answer.throttle(), Answer.throttle());
        Exchange resumed = flow.send(lease, records("a", "poison", "c"), Pending.of(stopped))
                .get(20, TimeUnit.SECONDS);

        assertDelivered(resumed, 3);
        assertThat(taken()).containsExactly("a", "c", "poison");
    }

    @Test
    void stopStopsTheRoute() throws Exception {
        flow.with("onFailure", "stop").start();
        events.failsEntries(Map.of(0, "MalformedDetail"));

        assertThat(deliver("a").getException()).isInstanceOf(RouteStopException.class);
    }

    @Test
    void retryGoesOnBeyondTheAttemptsForEver() throws Exception {
        flow.with("onFailure", "retry").with("maxAttempts", "2").start();
        for (int i = 0; i < 4; i++) {
            events.failsEntries(Map.of(0, "MalformedDetail"));
        }

        assertDelivered(deliver("a"), 1);

        assertThat(events.count()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop", "dead-letter", "stop-partition"})
    void aBatchThatLosesItsLeaseWhileItWaitsIsGivenUpWithinASecond(String policy) throws Exception {
        flow.with("onFailure", policy).with("retryDelay", "60s").with("retryDelayMax", "60s");
        flow.deadLettersTo("mock:dead-letters").start();
        events.byDefault(Answer.throttle());
        CompletableFuture<Exchange> delivery = flow.send(lease, records("a"));
        await().pollDelay(Duration.ofMillis(300)).until(() -> events.count() == 1);

        lease.end();
        Exchange exchange = delivery.get(1, TimeUnit.SECONDS);

        assertThat(exchange.getException()).isInstanceOf(BatchAbandonedException.class);
        assertThat(outcomes(exchange)).isEqualTo(Outcomes.NONE);
        assertThat(events.count()).isEqualTo(1);
    }

    @Test
    void requestsThatAreOutWhenTheLeaseEndsStillCountAndNoOtherBegins() throws Exception {
        flow.with("maxInFlight", "2").start();
        events.byDefault(Answer.slow(Duration.ofMillis(500)));
        CompletableFuture<Exchange> delivery = flow.send(lease, records(numbered(50)));
        await().until(() -> events.count() == 2);

        lease.end();
        Exchange exchange = delivery.get(20, TimeUnit.SECONDS);

        assertThat(exchange.getException()).isInstanceOf(BatchAbandonedException.class);
        assertThat(outcomes(exchange)).isEqualTo(Outcomes.delivered(20));
        assertThat(events.count()).isEqualTo(2);
    }

    @Test
    void aBatchThatWaitsForAPlaceIsGivenUpSoonAfterItsLeaseEnds() throws Exception {
        flow.with("maxInFlight", "1").start();
        events.answers(Answer.hang());
        CompletableFuture<Exchange> first = flow.send(lease, records("a"));
        await().until(() -> events.count() == 1);
        try (TestLease other = new TestLease()) {
            CompletableFuture<Exchange> second = flow.send(other, records("b"));
            // Long enough to wait for a place: what is tested is that wait.
            await().pollDelay(Duration.ofMillis(500)).until(() -> !second.isDone());

            other.end();
            Exchange exchange = second.get(20, TimeUnit.SECONDS);

            assertThat(exchange.getException()).isInstanceOf(BatchAbandonedException.class);
            assertThat(first).isNotDone();
        } finally {
            lease.end();
            aws.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop", "dead-letter", "stop-partition", "stop", "retry"})
    void aRequestThatFailsAfterTheLeaseEndedLeadsToNothing(String policy) throws Exception {
        flow.with("onFailure", policy).with("maxAttempts", "1");
        flow.deadLettersTo("mock:dead-letters").start();
        events.answers(Answer.status(400, "ValidationException").after(Duration.ofMillis(500)));
        CompletableFuture<Exchange> delivery = flow.send(lease, records("a"));
        await().until(() -> events.count() == 1);

        lease.end();
        Exchange exchange = delivery.get(20, TimeUnit.SECONDS);

        assertThat(exchange.getException()).isInstanceOf(BatchAbandonedException.class);
        assertThat(outcomes(exchange)).isEqualTo(Outcomes.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "maxInFlight, 0, maxInFlight: 0 is less than 1",
        "rateLimit, fast, rateLimit: 'fast' is not a whole number",
        "ordered, yes, ordered: 'yes' is neither false nor true",
        "callTimeout, soon, callTimeout: 'soon' is not a time",
        "payloadLimit, all, payloadLimit: 'all' is not a whole number"
    })
    void aBadParameterStopsTheStartAndIsNamed(String parameter, String value, String message) {
        flow.with(parameter, value);

        assertThatThrownBy(flow::start).hasStackTraceContaining(message);
    }

    @Test
    void eventsArePutOnAGlobalEndpoint() throws Exception {
        flow.with("endpointId", "abcde.veo").start();

        assertDelivered(deliver("a"), 1);

        assertThat(events.received()).extracting(PutEvents::endpointId).containsExactly("abcde.veo");
    }

    @Test
    void theLimitOfRequestsIsAMetric() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        flow.with("maxInFlight", "8").bind("meters", meters).start();
        events.answers(Answer.throttle());

        assertDelivered(deliver("a"), 1);

        Gauge limit = meters.get("kafila.eventbridge.inflight.limit")
                .tag("bus", BUS)
                .tag("route", "orders-to-eventbridge")
                .gauge();
        assertThat(limit.value()).isEqualTo(4);
        flow.close();
        assertThat(meters.find("kafila.eventbridge.inflight.limit").gauge()).isNull();
    }

    @Test
    void anEntryThatIsThrottledLowersTheLimitAsWellAndOtherFailuresDoNot() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        flow.with("maxInFlight", "8").bind("meters", meters).start();
        events.answers(Answer.status(503, "ServiceUnavailable"));
        events.failsEntries(Map.of(1, "InternalFailure"));
        assertDelivered(deliver("a", "b"), 2);
        Gauge limit =
                meters.get("kafila.eventbridge.inflight.limit").tag("bus", BUS).gauge();
        assertThat(limit.value()).isEqualTo(8);

        events.failsEntries(Map.of(1, "ThrottlingException"));
        assertDelivered(deliver("c", "d"), 2);

        assertThat(limit.value()).isEqualTo(4);
    }

    @Test
    void throttledRequestsAreFewerAtOnceAndNoRecordIsLost() throws Exception {
        flow.with("maxInFlight", "16").with("maxAttempts", "100").start();
        events.byDefault(put -> events.inFlight() > 4 ? Answer.throttle() : Answer.slow(Duration.ofMillis(20)));

        assertDelivered(deliver(numbered(600)), 600);

        assertThat(taken()).hasSize(600).doesNotHaveDuplicates();
        assertThat(events.count()).isLessThan(60 + 60);
    }

    @Test
    void requestsAreSpacedAsTheRateLimitSays() throws Exception {
        flow.with("rateLimit", "20").start();

        assertDelivered(deliver(numbered(105)), 105);

        List<Instant> arrivals =
                events.received().stream().map(PutEvents::arrived).sorted().toList();
        assertThat(Duration.between(arrivals.get(0), arrivals.get(10))).isGreaterThan(Duration.ofMillis(400));
    }

    @Test
    void ofAnOrderedBusOneRequestFollowsAnotherAndFailedEntriesComeBeforeTheNext() throws Exception {
        flow.with("ordered", "true").start();
        events.failsEntries(Map.of(3, "InternalFailure", 7, "ThrottlingException"));
        events.failsEntries(Map.of(1, "InternalFailure"));

        assertDelivered(deliver(numbered(25)), 25);

        assertThat(events.maxInFlight()).isEqualTo(1);
        assertThat(events.received())
                .extracting(EventBridgeDeliveryTest::values)
                .containsExactly(
                        List.of(numbered(10)),
                        List.of("v3", "v7"),
                        List.of("v7"),
                        List.of(numbered(20)).subList(10, 20),
                        List.of(numbered(25)).subList(20, 25));
    }

    @Test
    void ofAnOrderedBusPartitionsDoNotWaitForEachOther() throws Exception {
        flow.with("ordered", "true").start();
        events.byDefault(Answer.slow(Duration.ofMillis(500)));

        CompletableFuture<Exchange> one = flow.send(lease, records("a"));
        CompletableFuture<Exchange> other = flow.send(
                lease,
                List.of(TestRecords.record(
                        "orders", 1, 0, TimestampType.CREATE_TIME, null, utf8("b"), new RecordHeaders())));

        assertDelivered(one.get(20, TimeUnit.SECONDS), 1);
        assertDelivered(other.get(20, TimeUnit.SECONDS), 1);
        assertThat(events.maxInFlight()).isEqualTo(2);
    }

    private Exchange deliver(String... values) throws Exception {
        return flow.send(lease, records(values)).get(20, TimeUnit.SECONDS);
    }

    private List<String> taken() {
        return events.entries().stream().map(EventBridgeDeliveryTest::value).toList();
    }

    private static String[] numbered(int records) {
        return IntStream.range(0, records).mapToObj(i -> "v" + i).toArray(String[]::new);
    }

    private static void assertDelivered(Exchange exchange, int records) {
        assertThat(exchange.getException()).isNull();
        assertThat(outcomes(exchange)).isEqualTo(Outcomes.delivered(records));
    }

    private static void assertStopped(Exchange exchange, boolean probe, String... message) {
        assertThat(exchange.getException()).isInstanceOfSatisfying(PartitionStopException.class, stop -> {
            assertThat(stop.isProbe()).isEqualTo(probe);
            assertThat(stop.getMessage()).contains(message);
        });
    }

    private static Outcomes outcomes(Exchange exchange) {
        return exchange.getProperty(BatchConstants.OUTCOMES, Outcomes.class);
    }

    private static List<String> values(PutEvents put) {
        return put.entries().stream().map(EventBridgeDeliveryTest::value).toList();
    }

    private static String value(EventEntry entry) {
        try {
            return JSON.readTree(entry.detail()).path("value").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
