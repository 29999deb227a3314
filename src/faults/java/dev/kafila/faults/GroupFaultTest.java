package dev.kafila.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.sandbox.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Partitions change hands, or must not. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class GroupFaultTest {
    private static final Duration DRAIN = Duration.ofSeconds(10);

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
    void aSecondInstanceJoinsAndLeavesThreeTimesUnderLoadAndNothingIsDeliveredTwice() {
        bench.function.byDefault(Answer.slow(Duration.ofMillis(100)));
        bench.produce(3_000);
        Instance first = bench.start();
        long consumedByOthers = 0;
        for (int round = 0; round < 3; round++) {
            Instance second = bench.start();
            bench.await(() -> second.ledger().size() >= 2
                    && second.ledger().stream().allMatch(line -> line.delivered() >= 10 * Bench.BATCH));
            assertThat(second.terminate().awaitEnd(DRAIN)).isZero();
            assertThat(second.lastLedger()).isNotEmpty().allMatch(LedgerLine::balanced);
            consumedByOthers +=
                    second.lastLedger().stream().mapToLong(LedgerLine::consumed).sum();
        }
        bench.awaitAllCommitted();

        // Every revoke drained in time, so not even the duplicates of a late one are allowed.
        bench.assertArrived(0);
        bench.await(() -> first.ledger().stream().allMatch(line -> line.inFlight() == 0));
        assertThat(first.ledger()).allMatch(LedgerLine::balanced);
        long consumed = first.ledger().stream().mapToLong(LedgerLine::consumed).sum();
        assertThat(consumed + consumedByOthers).isEqualTo(bench.produced());
        bench.report("a second instance joins and leaves three times", consumedByOthers + " records by the second");
    }

    @Test
    void aFunctionThatTakesLongerThanThePollIntervalCostsNeitherTheMembershipNorADuplicate() {
        bench.with("kafila.kafka.properties.max.poll.interval.ms", "10000").with("kafila.lambda.drain-timeout", "4s");
        bench.function.byDefault(Answer.slow(Duration.ofSeconds(25)));
        bench.produce(2 * Bench.BATCH);
        Instance instance = bench.start();
        bench.awaitAllCommitted();

        assertThat(bench.function.count()).isEqualTo(2L * Bench.PARTITIONS);
        bench.assertArrived(0);
        bench.assertLedger(instance);
        assertThat(instance.log()).noneMatch(line -> line.contains("Revoked") || line.contains("Lost"));
        bench.report("a function of 25 s with max.poll.interval.ms=10 s", "");
    }

    @Test
    void aBatchThatWaitsForItsRetryIsGivenUpAtOnceWhenItsPartitionIsRevoked() {
        Duration delay = Duration.ofSeconds(30);
        bench.with("kafila.lambda.retry-delay", delay.toSeconds() + "s")
                .with("kafila.lambda.retry-delay-max", delay.toSeconds() + "s")
                .with("kafila.lambda.max-attempts", "2")
                .with("kafila.lambda.on-failure", "dead-letter")
                .with("kafila.lambda.dead-letter", "kafka:" + Bench.DEAD_LETTERS);
        bench.function.byDefault(Answer.status(503, "ServiceUnavailableException"));
        bench.produce(Bench.BATCH);
        Instance first = bench.start();
        bench.awaitCalls(Bench.PARTITIONS);
        assertThat(bench.function.count()).isEqualTo(Bench.PARTITIONS);

        bench.launch();
        bench.function.answersNormally();
        long before = System.nanoTime();
        bench.await(() -> bench.function.deliveredCount() >= Bench.PARTITIONS / 2);
        Duration handedOver = Duration.ofNanos(System.nanoTime() - before);

        assertThat(handedOver).as("start of the second and revoke").isLessThan(DRAIN.plusSeconds(5));
        assertThat(first.ledger()).allMatch(LedgerLine::balanced);
        assertThat(first.ledger().stream().mapToLong(LedgerLine::inFlight).sum())
                .isEqualTo((long) Bench.PARTITIONS / 2 * Bench.BATCH);
        // Its own batches are due by then, and those that it has given up would be.
        Pause.of(delay);
        bench.awaitAllCommitted();
        bench.assertArrived(0);
        assertThat(bench.broker.records(Bench.DEAD_LETTERS)).isEmpty();
        bench.report("a revoke while batches wait for a retry", "start and handover " + handedOver.toMillis() + " ms");
    }
}
