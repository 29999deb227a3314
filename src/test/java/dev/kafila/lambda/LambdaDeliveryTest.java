package dev.kafila.lambda;

import static dev.kafila.lambda.LambdaFlow.FUNCTION;
import static dev.kafila.record.TestRecords.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.batch.BatchAbandonedException;
import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.batch.RouteStopException;
import dev.kafila.failure.Pending;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.Invocation;
import dev.kafila.sandbox.SandboxAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the contract of Invoke, over real HTTP through the real AWS client, from the exchange's beginning to its end. */
class LambdaDeliveryTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SandboxAws aws = SandboxAws.start();
    private final TestLease lease = new TestLease();
    private final LambdaFlow flow = LambdaFlow.to(aws).with("format", "plain");

    @AfterEach
    void close() {
        flow.close();
        lease.close();
        aws.close();
    }

    @Test
    void aBatchIsOneInvocationAndEveryRecordOfItDelivered() throws Exception {
        flow.with("qualifier", "live").start();

        Exchange exchange = deliver("a", "b", "c");

        assertDelivered(exchange, 3);
        assertThat(aws.function(FUNCTION).received()).singleElement().satisfies(invocation -> {
            assertThat(invocation.type()).isEqualTo("RequestResponse");
            assertThat(invocation.qualifier()).isEqualTo("live");
            assertThat(values(invocation)).containsExactly("a", "b", "c");
        });
    }

    @Test
    void withoutALeaseABatchIsDeliveredInPlace() throws Exception {
        flow.start();

        assertDelivered(flow.send(null, records("a")).get(20, TimeUnit.SECONDS), 1);
    }

    @Test
    void oneRecordAnInvocationIsNoArrayAndKeepsTheOrder() throws Exception {
        flow.with("batch", "false").start();

        assertDelivered(deliver("a", "b", "c"), 3);

        assertThat(aws.function(FUNCTION).received())
                .extracting(invocation -> tree(invocation).get("value").asText())
                .containsExactly("a", "b", "c");
    }

    @Test
    void aKameletAloneDoesNotStartWithAFunctionThatDoesNotExist() {
        aws.declareFunctions("another");
        flow.with("validate", "true");

        assertThatThrownBy(flow::start)
                .hasStackTraceContaining(
                        "orders-to-lambda: function orders (kafila.lambda.function) cannot be invoked");
    }

    @Test
    void anAsynchronousInvocationIsSettledWhenLambdaHasIt() throws Exception {
        flow.with("invocationType", "async").start();

        assertDelivered(deliver("a"), 1);

        assertThat(aws.function(FUNCTION).received())
                .singleElement()
                .extracting(Invocation::type)
                .isEqualTo("Event");
    }

    @ParameterizedTest
    @CsvSource({
        "500, ServiceException",
        "502, EC2ThrottledException",
        "502, ENILimitReachedException",
        "502, ResourceNotReadyException",
        "503, ServiceUnavailable",
        "504, GatewayTimeout",
        "408, EFSMountTimeoutException",
        "410, EFSIOException",
        "409, ResourceConflictException",
        "409, SnapStartNotReadyException",
        "429, TooManyRequestsException"
    })
    void whatMayPassIsTriedAgainUntilItDoes(int status, String error) throws Exception {
        flow.start();
        aws.function(FUNCTION).answers(Answer.status(status, error), Answer.status(status, error));

        assertDelivered(deliver("a", "b"), 2);

        assertThat(aws.function(FUNCTION).count()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Answer.Kind.class,
            names = {"RESET", "TRUNCATED", "HANG"})
    void aBrokenConnectionOrATimeoutIsTriedAgainUntilItPasses(Answer.Kind kind) throws Exception {
        flow.with("callTimeout", "500ms").start();
        aws.function(FUNCTION)
                .answers(
                        switch (kind) {
                            case RESET -> Answer.reset();
                            case TRUNCATED -> Answer.truncated();
                            default -> Answer.hang();
                        });

        assertDelivered(deliver("a"), 1);

        assertThat(aws.function(FUNCTION).count()).isEqualTo(2);
    }

    @Test
    void aRefusedConnectionIsTriedAgainUntilSomebodyListens() throws Exception {
        flow.with("maxAttempts", "100").start();
        aws.stop();

        CompletableFuture<Exchange> delivery = flow.send(lease, records("a"));
        await().pollDelay(Duration.ofMillis(300)).until(() -> !delivery.isDone());
        aws.restart();

        assertDelivered(delivery.get(20, TimeUnit.SECONDS), 1);
    }

    @Test
    void threeAttemptsAreThreeRequestsOnTheWire() throws Exception {
        flow.start();
        aws.function(FUNCTION).byDefault(Answer.status(503, "ServiceUnavailable"));

        Exchange exchange = deliver("a");

        assertThat(aws.function(FUNCTION).count()).isEqualTo(3);
        assertStopped(exchange, false, "orders-0@0", "3 attempts");
    }

    @Test
    void aFunctionErrorIsAFailureThoughTheStatusIs200() throws Exception {
        flow.start();
        aws.function(FUNCTION).answers(Answer.functionError("Unhandled"), Answer.functionError("Handled"));

        assertDelivered(deliver("a"), 1);

        assertThat(aws.function(FUNCTION).count()).isEqualTo(3);
    }

    @Test
    void aFunctionThatGoesOnFailingIsGivenUpByThePolicy() throws Exception {
        flow.with("onFailure", "drop").start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));

        Exchange exchange = deliver("a", "b");

        assertThat(exchange.getException()).isNull();
        assertThat(outcomes(exchange)).isEqualTo(Outcomes.dropped(2));
        assertThat(aws.function(FUNCTION).count()).isEqualTo(3);
    }

    @Test
    void aThrottleIsWaitedForAsLongAsItAsks() throws Exception {
        flow.start();
        aws.function(FUNCTION).answers(Answer.throttle(Duration.ofSeconds(1)));

        assertDelivered(deliver("a"), 1);

        List<Instant> arrivals = aws.function(FUNCTION).received().stream()
                .map(Invocation::arrived)
                .toList();
        assertThat(Duration.between(arrivals.get(0), arrivals.get(1)))
                .isBetween(Duration.ofMillis(950), Duration.ofMillis(2500));
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidRequestContentException",
        "400, InvalidParameterValueException",
        "415, UnsupportedMediaTypeException"
    })
    void whatIsRefusedForGoodIsNotTriedAgain(int status, String error) throws Exception {
        flow.with("onFailure", "drop").start();
        aws.function(FUNCTION).byDefault(Answer.status(status, error));

        Exchange exchange = deliver("a");

        assertThat(outcomes(exchange)).isEqualTo(Outcomes.dropped(1));
        assertThat(aws.function(FUNCTION).count()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDeniedException",
        "403, ExpiredTokenException",
        "403, UnrecognizedClientException",
        "404, ResourceNotFoundException",
        "502, KMSDisabledException",
        "502, InvalidSubnetIDException",
        "502, SubnetIPAddressLimitReachedException"
    })
    void whatSomebodyHasToPutRightStopsThePartitionUnderAnyPolicyAndIsProbed(int status, String error)
            throws Exception {
        flow.with("onFailure", "drop").start();
        aws.function(FUNCTION).byDefault(Answer.status(status, error));

        Exchange exchange = deliver("a", "b");

        assertStopped(exchange, true, FUNCTION, error);
        assertThat(outcomes(exchange)).isEqualTo(Outcomes.NONE);
        assertThat(aws.function(FUNCTION).count()).isEqualTo(1);
    }

    @Test
    void aTooLargeBatchIsCutUntilItsPartsFitAndNoRecordIsSentTwice() throws Exception {
        flow.start();
        aws.function(FUNCTION)
                .answersWhen(
                        invocation -> values(invocation).size() > 2, Answer.status(413, "RequestTooLargeException"));

        assertDelivered(deliver("a", "b", "c", "d", "e"), 5);

        assertThat(delivered()).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void aRecordThatIsTooLargeByItselfIsGivenUpAndItsNeighboursGoOn() throws Exception {
        flow.with("onFailure", "drop").start();
        aws.function(FUNCTION)
                .answersWhen(
                        invocation -> values(invocation).contains("large"),
                        Answer.status(413, "RequestTooLargeException"));

        Exchange exchange = deliver("a", "large", "c");

        assertThat(outcomes(exchange)).isEqualTo(new Outcomes(2, 0, 1, 0));
        assertThat(delivered()).containsExactly("a", "c");
    }

    @Test
    void aRecordOverThePayloadLimitIsGivenUpWithoutARequest() throws Exception {
        flow.with("onFailure", "drop").with("payloadLimit", "2000").start();

        Exchange exchange = deliver("a", "x".repeat(3000), "c");

        assertThat(outcomes(exchange)).isEqualTo(new Outcomes(2, 0, 1, 0));
        assertThat(delivered()).containsExactly("a", "c");
        assertThat(aws.function(FUNCTION).received())
                .allSatisfy(invocation ->
                        assertThat(invocation.payload().asByteArray()).hasSizeLessThanOrEqualTo(2000));
    }

    @Test
    void whatSucceededBeforeAFailureIsNeverSentAgain() throws Exception {
        flow.with("payloadLimit", "400").start();
        aws.function(FUNCTION).answers(Answer.ok(), Answer.status(503, "Unavailable"), Answer.ok(), Answer.throttle());

        assertDelivered(deliver("a", "b", "c", "d", "e"), 5);

        assertThat(delivered()).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void aFailureBeforeTheLastPartIsTriedAgainBeforeTheNextPartGoesOut() throws Exception {
        flow.with("batch", "false").start();
        aws.function(FUNCTION).answers(Answer.throttle(), Answer.throttle());

        assertDelivered(deliver("a", "b"), 2);

        assertThat(aws.function(FUNCTION).received())
                .extracting(invocation -> tree(invocation).get("value").asText())
                .containsExactly("a", "a", "a", "b");
    }

    @Test
    void bisectingFindsTheRecordThatTheFunctionFailsOn() throws Exception {
        flow.with("bisect", "true").with("onFailure", "drop").start();
        aws.function(FUNCTION)
                .answersWhen(invocation -> values(invocation).contains("poison"), Answer.functionError("Unhandled"));

        Exchange exchange = deliver("a", "b", "poison", "d", "e");

        assertThat(outcomes(exchange)).isEqualTo(new Outcomes(4, 0, 1, 0));
        assertThat(delivered()).containsExactly("a", "b", "d", "e");
        assertThat(aws.function(FUNCTION).received().stream()
                        .filter(invocation -> values(invocation).equals(List.of("poison"))))
                .hasSize(3);
    }

    @Test
    void stoppingThePartitionKeepsWhatIsDoneAndGivesTheRestAllItsAttemptsAgain() throws Exception {
        flow.with("batch", "false").start();
        aws.function(FUNCTION)
                .answersWhen(invocation -> text(invocation, "value").equals("poison"), refusal());

        Exchange stopped = deliver("a", "poison", "c");
        assertStopped(stopped, false, "orders-0@1");
        aws.function(FUNCTION).answersNormally();
        aws.function(FUNCTION).answers(Answer.throttle(), Answer.throttle());
        Exchange resumed = flow.send(lease, records("a", "poison", "c"), Pending.of(stopped))
                .get(20, TimeUnit.SECONDS);

        assertDelivered(resumed, 3);
        assertThat(aws.function(FUNCTION).delivered())
                .extracting(invocation -> text(invocation, "value"))
                .containsExactly("a", "poison", "c");
    }

    @Test
    void stopStopsTheRoute() throws Exception {
        flow.with("onFailure", "stop").start();
        aws.function(FUNCTION).byDefault(refusal());

        assertThat(deliver("a").getException()).isInstanceOf(RouteStopException.class);
    }

    @Test
    void retryGoesOnBeyondTheAttemptsForEver() throws Exception {
        flow.with("onFailure", "retry").with("maxAttempts", "2").start();
        aws.function(FUNCTION).answers(refusal(), refusal(), refusal(), refusal());

        assertDelivered(deliver("a"), 1);

        assertThat(aws.function(FUNCTION).count()).isEqualTo(5);
    }

    @Test
    void theConfiguredStatusesReplaceTheTransientOnes() throws Exception {
        flow.with("retryStatus", "404,503").with("onFailure", "drop").start();
        aws.function(FUNCTION)
                .answers(
                        Answer.status(404, "ResourceNotFoundException"),
                        Answer.throttle(),
                        Answer.status(500, "ServiceException"));

        assertThat(outcomes(deliver("a"))).isEqualTo(Outcomes.dropped(1));
        assertThat(aws.function(FUNCTION).count()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop", "dead-letter", "stop-partition"})
    void aBatchThatLosesItsLeaseWhileItWaitsIsGivenUpWithinASecond(String policy) throws Exception {
        flow.with("onFailure", policy).with("retryDelay", "60s").with("retryDelayMax", "60s");
        flow.deadLettersTo("mock:dead-letters").start();
        aws.function(FUNCTION).byDefault(Answer.throttle());
        CompletableFuture<Exchange> delivery = flow.send(lease, records("a"));
        // Long enough for the answer to be back: what is tested is the wait.
        await().pollDelay(Duration.ofMillis(300))
                .until(() -> aws.function(FUNCTION).count() == 1);

        lease.end();
        Exchange exchange = delivery.get(1, TimeUnit.SECONDS);

        assertThat(exchange.getException()).isInstanceOf(BatchAbandonedException.class);
        assertThat(outcomes(exchange)).isEqualTo(Outcomes.NONE);
        assertThat(aws.function(FUNCTION).count()).isEqualTo(1);
    }

    @Test
    void aRequestThatIsOutWhenTheLeaseEndsStillCountsIfItSucceeds() throws Exception {
        flow.start();
        aws.function(FUNCTION).answers(Answer.slow(Duration.ofMillis(500)));
        CompletableFuture<Exchange> delivery = flow.send(lease, records("a"));
        await().until(() -> aws.function(FUNCTION).count() == 1);

        lease.end();

        assertDelivered(delivery.get(20, TimeUnit.SECONDS), 1);
    }

    @Test
    void aRequestThatFailsAfterTheLeaseEndedDropsNothing() throws Exception {
        flow.with("onFailure", "drop").with("maxAttempts", "1").start();
        aws.function(FUNCTION).answers(refusal().after(Duration.ofMillis(500)));
        CompletableFuture<Exchange> delivery = flow.send(lease, records("a"));
        await().until(() -> aws.function(FUNCTION).count() == 1);

        lease.end();
        Exchange exchange = delivery.get(20, TimeUnit.SECONDS);

        assertThat(exchange.getException()).isInstanceOf(BatchAbandonedException.class);
        assertThat(outcomes(exchange)).isEqualTo(Outcomes.NONE);
    }

    @Test
    void theContextStopsWhileABatchWaitsAsSoonAsItsLeaseEnds() throws Exception {
        flow.with("retryDelay", "60s").with("retryDelayMax", "60s").start();
        aws.function(FUNCTION).byDefault(Answer.throttle());
        CompletableFuture<Exchange> delivery = flow.send(lease, records("a"));
        await().until(() -> aws.function(FUNCTION).count() == 1);

        lease.end();
        long start = System.nanoTime();
        flow.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(outcomes(delivery.get(1, TimeUnit.SECONDS))).isEqualTo(Outcomes.NONE);
    }

    @Test
    void aSecondSinkInARouteIsRefusedInsteadOfTakingTheBatchForDelivered() throws Exception {
        flow.start();

        Exchange exchange = flow.sendTwice(lease, records("a")).get(20, TimeUnit.SECONDS);

        assertStopped(exchange, false, "a second sink");
    }

    @Test
    void aBatchThatIsHandedBackAfterALaterStepFailedIsNotDeliveredAgain() throws Exception {
        flow.start();
        Exchange delivered = deliver("a");

        Exchange again = flow.send(lease, records("a"), Pending.of(delivered)).get(20, TimeUnit.SECONDS);

        assertDelivered(again, 1);
        assertThat(aws.function(FUNCTION).count()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "function, '', function",
        "maxAttempts, some, maxAttempts: 'some' is not a whole number",
        "maxAttempts, 0, maxAttempts: 0 is less than 1",
        "retryDelay, soon, retryDelay: 'soon' is not a time",
        "retryStatus, '500;503', retryStatus",
        "invocationType, dry, invocationType: 'dry' is neither sync nor async",
        "onFailure, ignore, onFailure: 'ignore'",
        "batch, yes, batch: 'yes' is neither true nor false",
        "format, xml, 'xml'",
        "valueConverter, xml, 'xml'"
    })
    void aBadParameterStopsTheStartAndIsNamed(String parameter, String value, String message) {
        flow.with(parameter, value);

        assertThatThrownBy(flow::start).hasStackTraceContaining(message);
    }

    private static Answer refusal() {
        return Answer.status(400, "InvalidRequestContentException");
    }

    private Exchange deliver(String... values) throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = records(values);
        return flow.send(lease, records).get(30, TimeUnit.SECONDS);
    }

    private List<String> delivered() {
        return aws.function(FUNCTION).delivered().stream()
                .flatMap(invocation -> values(invocation).stream())
                .toList();
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

    private static List<String> values(Invocation invocation) {
        return tree(invocation).findValuesAsText("value");
    }

    private static String text(Invocation invocation, String field) {
        return tree(invocation).path(field).asText();
    }

    private static JsonNode tree(Invocation invocation) {
        try {
            return JSON.readTree(invocation.payload().asByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
