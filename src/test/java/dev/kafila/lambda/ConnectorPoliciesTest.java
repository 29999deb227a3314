package dev.kafila.lambda;

import static dev.kafila.record.TestRecords.records;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.batch.RouteStopException;
import dev.kafila.delivery.GivingUp;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.Invocation;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxFunction;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** The words that Nordstrom's and Confluent's connectors have for what becomes of a failed invocation, and asynchronous calls as theirs. */
class ConnectorPoliciesTest {
    private static final int ASYNC_LIMIT = 1_048_576;

    private final SandboxAws aws = SandboxAws.start();
    private final SandboxFunction function = aws.function(LambdaFlow.FUNCTION);
    private final LambdaFlow flow = LambdaFlow.to(aws).with("maxAttempts", "2");

    @AfterEach
    void stop() {
        flow.close();
        aws.close();
    }

    @Test
    void confluentsFailStopsThePartition() throws Exception {
        function.byDefault(Answer.functionError("Unhandled"));

        Exchange exchange = deliver("stop-partition", "a");

        assertThat(exchange.getException()).isInstanceOf(PartitionStopException.class);
        assertThat(function.count()).isEqualTo(2);
    }

    @Test
    void confluentsLogAndNordstromsDropGoOnWithOneLine() throws Exception {
        function.answers(Answer.functionError("Handled"), Answer.functionError("Handled"));
        Logger logger = (Logger) LoggerFactory.getLogger(GivingUp.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);

        Exchange exchange = deliver("drop", "a", "b");
        logger.detachAppender(lines);

        assertThat(exchange.getException()).isNull();
        assertThat(outcomes(exchange).dropped()).isEqualTo(2);
        assertThat(lines.list)
                .singleElement()
                .satisfies(
                        line -> assertThat(line.getFormattedMessage())
                                .startsWith(
                                        "Dropped 2 records: orders-0@0..1 cannot be delivered to the function orders: function error (Handled)"));
    }

    @Test
    void nordstromsStopStopsTheRoute() throws Exception {
        function.byDefault(Answer.functionError("Unhandled"));

        assertThat(deliver("stop", "a").getException()).isInstanceOf(RouteStopException.class);
    }

    @ParameterizedTest
    @CsvSource({"500, 2", "503, 2", "504, 2", "502, 1"})
    void nordstromsRetriableErrorCodesAreTriedAgainAndNoOthers(int status, int requests) throws Exception {
        flow.with("retryStatus", "504,500,503");
        function.byDefault(Answer.status(status, "ServiceException"));

        deliver("drop", "a");

        assertThat(function.count()).isEqualTo(requests);
    }

    @Test
    void anAsynchronousCallIsSettledWhenLambdaHasItWhateverTheFunctionDoes() throws Exception {
        flow.with("invocationType", "async");

        Exchange exchange = deliver("stop-partition", "a", "b");

        assertThat(outcomes(exchange).delivered()).isEqualTo(2);
        assertThat(function.received()).extracting(Invocation::type).containsExactly("Event");
    }

    @Test
    void anAsynchronousCallThatLambdaDoesNotTakeIsTriedAgain() throws Exception {
        flow.with("invocationType", "async");
        function.answers(Answer.throttle());

        assertThat(outcomes(deliver("stop-partition", "a")).delivered()).isEqualTo(1);
        assertThat(function.count()).isEqualTo(2);
    }

    @Test
    void anAsynchronousCallIsNeverLargerThanAnEventAndOneOversizeRecordIsAlone() throws Exception {
        flow.with("invocationType", "async").with("format", "raw");
        String half = "h".repeat(ASYNC_LIMIT / 2);

        Exchange exchange = deliver("drop", half, "x".repeat(ASYNC_LIMIT), half, "c");

        assertThat(outcomes(exchange).delivered()).isEqualTo(3);
        assertThat(outcomes(exchange).dropped()).isEqualTo(1);
        assertThat(function.delivered())
                .hasSize(2)
                .allMatch(event -> event.payload().asByteArrayUnsafe().length <= ASYNC_LIMIT);
        assertThat(function.count()).as("nothing was sent to be refused").isEqualTo(2);
    }

    @Test
    void theLimitOfAnAsynchronousCallCanBeLowered() throws Exception {
        flow.with("invocationType", "async").with("format", "raw").with("payloadLimit", "262144");

        Exchange exchange = deliver("drop", "x".repeat(300_000), "b");

        assertThat(outcomes(exchange).dropped()).isEqualTo(1);
        assertThat(outcomes(exchange).delivered()).isEqualTo(1);
    }

    private Exchange deliver(String onFailure, String... values) throws Exception {
        flow.with("onFailure", onFailure).start();
        return flow.send(null, records(values)).get(30, TimeUnit.SECONDS);
    }

    private static Outcomes outcomes(Exchange exchange) {
        return exchange.getProperty(BatchConstants.OUTCOMES, Outcomes.class);
    }
}
