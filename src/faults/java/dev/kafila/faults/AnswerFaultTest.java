package dev.kafila.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.Invocation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What the function's side does wrong. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class AnswerFaultTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(directory);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void everyFifthRequestFailsAndNothingIsLostOrDeliveredTwice() {
        bench.function.everyNth(5, Answer.status(500, "ServiceException"));
        everyFifthFails("every 5th request is a 500");
    }

    @Test
    void theFunctionFailsEveryFifthTimeAndNothingIsLostOrDeliveredTwice() {
        bench.function.everyNth(5, Answer.functionError("Unhandled"));
        everyFifthFails("every 5th request is a function error");
    }

    private void everyFifthFails(String scenario) {
        bench.produce(500);
        Instance instance = bench.start();
        bench.awaitAllCommitted();

        bench.assertArrived(0);
        bench.assertLedger(instance);
        assertThat(bench.function.count()).isGreaterThan(bench.function.deliveredCount());
        bench.report(scenario, "");
    }

    @Test
    void aThrottledBatchComesBackWhenRetryAfterSaysSo() {
        Duration asked = Duration.ofSeconds(2);
        bench.function.answers(Answer.throttle(asked), Answer.throttle(asked));
        bench.produce(1, 100, 20);
        Instance instance = bench.start();
        bench.awaitAllCommitted();

        bench.assertArrived(0);
        bench.assertLedger(instance);
        List<Invocation> requests = bench.function.received();
        for (int throttled = 0; throttled < 2; throttled++) {
            assertThat(Arrivals.keys(requests.get(throttled + 1))).isEqualTo(Arrivals.keys(requests.get(throttled)));
            assertThat(Duration.between(
                            requests.get(throttled).arrived(),
                            requests.get(throttled + 1).arrived()))
                    .isBetween(asked, asked.plusSeconds(1));
        }
        bench.report("throttled with Retry-After 2 s, twice", "");
    }

    @Test
    void anAnswerThatIsLostCostsOneMoreRequest() {
        bench.with("kafila.lambda.timeout", "3s");
        bench.produce(100);
        bench.function.answers(
                Answer.ok(), Answer.reset(), Answer.truncated(), Answer.hang(), Answer.reset(), Answer.truncated());
        Instance instance = bench.start();
        bench.awaitAllCommitted();

        bench.assertArrived(0);
        bench.assertLedger(instance);
        Arrivals wire = Arrivals.of(bench.function.received());
        assertThat(bench.function.count()).isEqualTo(bench.function.deliveredCount() + 5);
        assertThat(wire.duplicates()).isBetween(1L, 5L * Bench.BATCH);
        bench.report(
                "reset, truncated and hanging answers, 5 of them", wire.duplicates() + " records twice on the wire");
    }

    @Test
    void theEndpointAndTheBrokerAreAwayAtTheSameTimeAndComeBack() {
        bench.with("kafila.lambda.max-attempts", "100");
        bench.function.byDefault(Answer.slow(Duration.ofMillis(50)));
        bench.produce(400);
        Instance instance = bench.start();
        bench.awaitCalls(20);
        bench.aws.stop();
        bench.broker.stop();
        Pause.of(Duration.ofSeconds(5));
        bench.aws.restart();
        bench.broker.restart();
        bench.awaitAllCommitted();

        // Of each partition one answer may have been lost.
        bench.assertArrived(Bench.PARTITIONS * Bench.BATCH);
        bench.assertLedger(instance);
        bench.report("endpoint and broker away for 5 s", "");
    }
}
