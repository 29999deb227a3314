package dev.kafila.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.sandbox.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The process ends or stands still without warning. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class CrashFaultTest {
    private static final Duration SESSION = Duration.ofSeconds(3);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(directory)
                .with("kafila.kafka.properties.session.timeout.ms", String.valueOf(SESSION.toMillis()));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aProcessThatIsKilledWithCallsRunningLosesNothing() {
        int crashes = 3;
        bench.function.byDefault(Answer.slow(Duration.ofMillis(200)));
        bench.produce(400);
        for (int crash = 0; crash < crashes; crash++) {
            Instance instance = bench.launch();
            bench.awaitCalls(bench.function.count() + 16);
            instance.kill();
        }
        bench.start();
        bench.awaitAllCommitted();

        bench.assertArrived((long) crashes * Bench.PARTITIONS * Bench.BATCH);
        bench.report("kill -9 with calls running, " + crashes + " times", "");
    }

    @Test
    void aProcessThatIsKilledBetweenDeliveryAndCommitLosesNothing() throws InterruptedException {
        int crashes = 6;
        bench.produce(2_000);
        int inTheWindow = 0;
        for (int crash = 0; crash < crashes; crash++) {
            Instance instance = bench.launch();
            // From before the answer leaves to some milliseconds after it.
            killOnDelivery(instance, 20, Duration.ofNanos(700_000L * crash));
            inTheWindow += uncommittedPartitions();
        }
        bench.start();
        bench.awaitAllCommitted();

        assertThat(inTheWindow)
                .as("partitions that had delivered and not committed")
                .isPositive();
        bench.assertArrived((long) crashes * Bench.PARTITIONS * Bench.BATCH);
        bench.report(
                "kill -9 between delivery and commit, " + crashes + " times",
                inTheWindow + " batches caught delivered and not committed");
    }

    private void killOnDelivery(Instance instance, int delivery, Duration after) throws InterruptedException {
        AtomicLong left = new AtomicLong(delivery);
        CountDownLatch now = new CountDownLatch(1);
        bench.function.onDelivery(invocation -> {
            if (left.decrementAndGet() == 0) {
                now.countDown();
            }
        });
        assertThat(now.await(60, TimeUnit.SECONDS)).isTrue();
        LockSupport.parkNanos(after.toNanos());
        instance.kill();
    }

    private int uncommittedPartitions() {
        Arrivals arrivals = bench.delivered();
        int count = 0;
        for (int partition = 0; partition < Bench.PARTITIONS; partition++) {
            if (arrivals.has(partition, (int) bench.committed(partition))) {
                count++;
            }
        }
        return count;
    }

    @Test
    void aProcessThatIsFrozenPastItsSessionSendsAtMostOneStaleRequestOfEachPartition() {
        bench.function.byDefault(Answer.slow(Duration.ofMillis(100)));
        bench.produce(600);
        Instance frozen = bench.start();
        bench.awaitCalls(20);
        frozen.freeze();
        Instance other = bench.start();
        bench.await(() -> other.ledger().size() == Bench.PARTITIONS
                && other.ledger().stream().allMatch(line -> line.delivered() > 0));
        Pause.of(SESSION);
        frozen.thaw();
        bench.awaitAllCommitted();

        // What was out when it froze, and one stale request of each partition.
        bench.assertArrived(2L * Bench.PARTITIONS * Bench.BATCH);
        assertThat(other.ledger()).allMatch(LedgerLine::balanced);
        assertThat(frozen.ledger()).allMatch(LedgerLine::balanced);
        bench.report("SIGSTOP past the session, then SIGCONT", "");
    }
}
