package dev.kafila.lambda;

import static dev.kafila.lambda.LambdaFlow.FUNCTION;
import static dev.kafila.record.TestRecords.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.batch.BatchAbandonedException;
import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.failure.Pending;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.Invocation;
import dev.kafila.sandbox.SandboxAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A function that names the records of a batch that failed, over real HTTP through the real AWS client. */
class PartialFailureTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SandboxAws aws = SandboxAws.start();
    private final TestLease lease = new TestLease();
    private final LambdaFlow flow = LambdaFlow.to(aws).with("reportBatchItemFailures", "true");

    @AfterEach
    void close() {
        flow.close();
        lease.close();
        aws.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"esm", "plain", "json", "confluent"})
    void onlyTheNamedRecordsAreSentAgainAndInTheirOrder(String format) throws Exception {
        flow.with("format", format).start();
        aws.function(FUNCTION).answers(failing(3, 1), failing(3));

        assertOutcomes(deliver("a", "b", "c", "d", "e"), Outcomes.delivered(5));

        assertThat(offsets()).containsExactly(List.of(0, 1, 2, 3, 4), List.of(1, 3), List.of(3));
    }

    @Test
    void whatIsDoneBeforeARecordThatWaitsIsToldForTheCaseThatTheBatchIsTakenAway() throws Exception {
        flow.start();
        aws.function(FUNCTION).answers(failing(2, 3, 4));

        deliver("a", "b", "c", "d", "e");

        assertThat(lease.settledBefore()).isEqualTo(2);
        assertThat(lease.outcomes()).isEqualTo(Outcomes.delivered(2));
    }

    @Test
    void whatIsDoneBeforeARecordThatWaitsIsToldWhenOthersBehindItAreDoneToo() throws Exception {
        flow.start();
        aws.function(FUNCTION).answers(failing(2, 4));

        deliver("a", "b", "c", "d", "e");

        assertThat(lease.settledBefore()).isEqualTo(2);
        assertThat(lease.outcomes()).isEqualTo(Outcomes.delivered(2));
    }

    @Test
    void howARecordBeforeOneThatWaitsEndedIsNotToldWhenItCannotBeKnown() throws Exception {
        flow.with("onFailure", "drop").with("payloadLimit", "2000").start();
        aws.function(FUNCTION).answers(failing(2));

        assertOutcomes(deliver("x".repeat(3000), "b", "c", "d"), new Outcomes(3, 0, 1, 0));

        assertThat(lease.settledBefore()).isZero();
    }

    @Test
    void whatIsDoneBehindARecordThatWaitsIsNotTold() throws Exception {
        flow.start();
        aws.function(FUNCTION).answers(failing(0));

        deliver("a", "b", "c");

        assertThat(lease.settledBefore()).isZero();
    }

    @Test
    void withoutTheOptionTheAnswerIsNotRead() throws Exception {
        flow.with("reportBatchItemFailures", "false").start();
        aws.function(FUNCTION).answers(failing(0));

        assertOutcomes(deliver("a"), Outcomes.delivered(1));

        assertThat(aws.function(FUNCTION).count()).isEqualTo(1);
    }

    @Test
    void attemptsAreCountedForTheNamedRecordsAlone() throws Exception {
        flow.with("onFailure", "drop").start();
        aws.function(FUNCTION).byDefault(failing(1));

        assertOutcomes(deliver("a", "b", "c"), new Outcomes(2, 0, 1, 0));

        assertThat(offsets()).containsExactly(List.of(0, 1, 2), List.of(1), List.of(1));
    }

    @Test
    void aWholeBatchThatIsNamedIsTriedAgainWholeAndNotCutInTwo() throws Exception {
        flow.with("bisect", "true").start();
        aws.function(FUNCTION).answers(failing(0, 1, 2, 3));

        assertOutcomes(deliver("a", "b", "c", "d"), Outcomes.delivered(4));

        assertThat(offsets()).containsExactly(List.of(0, 1, 2, 3), List.of(0, 1, 2, 3));
    }

    @Test
    void anAnswerThatIsMalformedFailsTheWholeBatchAndMayCutItInTwo() throws Exception {
        flow.with("bisect", "true").start();
        aws.function(FUNCTION).answers(failing(7));

        assertOutcomes(deliver("a", "b", "c", "d"), Outcomes.delivered(4));

        assertThat(offsets()).containsExactly(List.of(0, 1, 2, 3), List.of(0, 1), List.of(2, 3));
    }

    @Test
    void stoppingThePartitionKeepsWhatWasDeliveredAndSendsOnlyTheNamedRecordsWhenItIsResumed() throws Exception {
        flow.with("maxAttempts", "1").start();
        aws.function(FUNCTION).answers(failing(1));

        Exchange stopped = deliver("a", "b", "c");
        assertThat(stopped.getException())
                .isInstanceOf(PartitionStopException.class)
                .hasMessageContaining("orders-0@1 cannot be delivered")
                .hasMessageContaining("function error (batchItemFailures)");
        assertThat(outcomes(stopped)).isEqualTo(Outcomes.delivered(2));
        Exchange resumed =
                flow.send(lease, records("a", "b", "c"), Pending.of(stopped)).get(20, TimeUnit.SECONDS);

        assertOutcomes(resumed, Outcomes.delivered(3));
        assertThat(offsets()).containsExactly(List.of(0, 1, 2), List.of(1));
    }

    @Test
    void theNamedRecordsComeBeforeWhatIsBehindThem() throws Exception {
        flow.with("batch", "false").start();
        aws.function(FUNCTION).answers(failing(0));

        assertOutcomes(deliver("a", "b"), Outcomes.delivered(2));

        assertThat(offsets()).containsExactly(List.of(0), List.of(0), List.of(1));
    }

    @Test
    void theNamedRecordsAreGivenUpWithTheLeaseAndNeverDropped() throws Exception {
        flow.with("onFailure", "drop").with("maxAttempts", "1").start();
        aws.function(FUNCTION).byDefault(invocation -> {
            lease.end();
            return failing(1);
        });

        Exchange exchange = deliver("a", "b");

        assertThat(exchange.getException()).isInstanceOf(BatchAbandonedException.class);
        assertThat(outcomes(exchange).dropped()).isZero();
        assertThat(outcomes(exchange).total()).isLessThan(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reportBatchItemFailures", "responseTopic", "errorTopic"})
    void anAsynchronousCallHasNoAnswerAndTheStartIsRefused(String parameter) {
        flow.brokers("localhost:1").with(parameter, parameter.endsWith("Topic") ? "answers" : "true");
        flow.with("invocationType", "async");

        assertThatThrownBy(flow::start).hasStackTraceContaining("which an asynchronous call does not get");
    }

    private static Answer failing(int... offsets) {
        return Answer.ok(Arrays.stream(offsets)
                .mapToObj(offset -> "{\"itemIdentifier\":{\"partition\":\"orders-0\",\"offset\":" + offset + "}}")
                .collect(Collectors.joining(",", "{\"batchItemFailures\":[", "]}")));
    }

    private Exchange deliver(String... values) throws Exception {
        return flow.send(lease, records(values)).get(30, TimeUnit.SECONDS);
    }

    /** Of each request, in order. */
    private List<List<Integer>> offsets() {
        return aws.function(FUNCTION).received().stream()
                .map(PartialFailureTest::tree)
                .map(payload -> payload.findValues("offset").stream()
                        .map(JsonNode::intValue)
                        .toList())
                .toList();
    }

    private static JsonNode tree(Invocation invocation) {
        try {
            return JSON.readTree(invocation.payload().asByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertOutcomes(Exchange exchange, Outcomes expected) {
        assertThat(exchange.getException()).isNull();
        assertThat(outcomes(exchange)).isEqualTo(expected);
    }

    private static Outcomes outcomes(Exchange exchange) {
        return exchange.getProperty(BatchConstants.OUTCOMES, Outcomes.class);
    }
}
