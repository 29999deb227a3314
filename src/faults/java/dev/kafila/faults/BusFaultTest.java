package dev.kafila.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.PutTimeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong between Kafila and an event bus, and when the process dies. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class BusFaultTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.toBus(directory)
                .with("kafila.kafka.properties.session.timeout.ms", "3000")
                .with("kafila.eventbridge.max-attempts", "100");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void aProcessThatIsKilledWithRequestsRunningLosesNothing(String ordered) {
        int crashes = 3;
        bench.with("kafila.eventbridge.ordered", ordered);
        bench.events.byDefault(Answer.slow(Duration.ofMillis(100)));
        bench.produce(600);
        for (int crash = 0; crash < crashes; crash++) {
            Instance instance = bench.launch();
            bench.awaitCalls(bench.calls() + 16);
            instance.kill();
        }
        bench.start();
        bench.awaitAllCommitted();

        long most = (long) crashes * Bench.PARTITIONS * Bench.BUS_BATCH;
        if (ordered.equals("true")) {
            bench.assertArrived(most);
        } else {
            bench.assertArrivedInAnyOrder(most);
        }
        bench.report("bus, kill -9 with requests running, " + crashes + " times, ordered=" + ordered, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void aStormOfThrottlesAndFailuresLosesNothingAndDoublesNothing(String ordered) {
        Set<String> failed = new HashSet<>();
        bench.events.answersBeyond(3, Answer.rateExceeded());
        bench.events.everyNth(5, Answer.status(500, "InternalException"));
        bench.events.failsEntriesWhen(
                entry -> entry.detail().hashCode() % 4 == 0 && failed.add(PutTimeline.record(entry)),
                "ThrottlingException");
        bench.events.byDefault(Answer.slow(Duration.ofMillis(10)));
        bench.produce(500);
        Instance instance = bench.with("kafila.eventbridge.ordered", ordered).start();
        bench.awaitAllCommitted();

        bench.assertArrivedInAnyOrder(0);
        bench.assertLedger(instance);
        if (ordered.equals("true")) {
            PutTimeline timeline = PutTimeline.of(bench.events.exchanges());
            assertThat(timeline.overtaking()).isZero();
            assertThat(timeline.outOfOrder()).isZero();
        }
        long refused = bench.calls() - bench.events.deliveredCount();
        bench.report(
                "bus, throttles beyond 3 requests, every 5th a 500, ordered=" + ordered,
                refused + " requests and " + failed.size() + " entries failed");
    }

    @Test
    void anAnswerThatIsLostCostsOneMoreRequest() {
        bench.with("kafila.eventbridge.timeout", "3s");
        bench.events.answers(
                Answer.ok(),
                Answer.reset(),
                Answer.truncated(),
                Answer.hang(),
                Answer.ok("{}"),
                Answer.bare(502),
                Answer.reset());
        bench.produce(100);
        Instance instance = bench.start();
        bench.awaitAllCommitted();

        // Of the one whose answer says nothing the bus had taken the entries.
        bench.assertArrivedInAnyOrder(10);
        bench.assertLedger(instance);
        assertThat(bench.calls()).isEqualTo(bench.events.deliveredCount() + 5);
        bench.report("bus, answers reset, truncated, hanging, empty and of a front end", "");
    }

    @Test
    void theEndpointIsAwayAndComesBack() {
        bench.events.byDefault(Answer.slow(Duration.ofMillis(50)));
        bench.produce(500);
        Instance instance = bench.start();
        bench.awaitCalls(20);
        bench.aws.stop();
        Pause.of(Duration.ofSeconds(5));
        bench.aws.restart();
        bench.awaitAllCommitted();

        // What was out when it went away.
        bench.assertArrivedInAnyOrder(Bench.PARTITIONS * Bench.BUS_BATCH);
        bench.assertLedger(instance);
        bench.report("bus, endpoint away for 5 s", "");
    }

    @Test
    void aProcessThatIsStoppedWaitsForItsRequestsAndLeavesNothingTwice() {
        bench.events.byDefault(Answer.slow(Duration.ofMillis(300)));
        bench.produce(300);
        Instance first = bench.start();
        bench.awaitCalls(12);
        assertThat(first.terminate().awaitEnd(Duration.ofSeconds(20))).isZero();
        assertThat(first.lastLedger()).isNotEmpty().allMatch(LedgerLine::balanced);
        bench.start();
        bench.awaitAllCommitted();

        bench.assertArrivedInAnyOrder(0);
        bench.report("bus, SIGTERM with requests running", "");
    }
}
