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

/** The broker goes, or has more than fits into memory. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class BrokerFaultTest {
    private static final int MIB = 1 << 20;

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
    void theBrokerStopsForTwentySecondsAndEverythingGoesOn() {
        bench.function.byDefault(Answer.slow(Duration.ofMillis(100)));
        bench.produce(600);
        Instance instance = bench.start();
        bench.awaitCalls(20);
        bench.broker.stop();
        Pause.of(Duration.ofSeconds(20));
        assertThat(instance.isReady()).isFalse();
        bench.broker.restart();
        bench.awaitAllCommitted();

        // A member that the coordinator has forgotten meanwhile delivers what it could not commit once more.
        bench.assertArrived(Bench.PARTITIONS * Bench.BATCH);
        bench.assertLedger(instance);
        bench.await(instance::isReady);
        bench.report("the broker away for 20 s", "");
    }

    @Test
    void aProcessThatIsKilledWhileTheBrokerIsAwayRepeatsOneBatchOfEachPartition() {
        // Longer than the broker is away: it is the missing acknowledgement of a commit that keeps the next batch back,
        // not the session.
        bench.with("kafila.kafka.properties.session.timeout.ms", "20000");
        bench.function.byDefault(Answer.slow(Duration.ofMillis(20)));
        bench.produce(600);
        Instance instance = bench.start();
        bench.awaitCalls(20);
        bench.broker.stop();
        Pause.of(Duration.ofSeconds(3));
        instance.kill();
        bench.broker.restart();
        bench.start();
        bench.awaitAllCommitted();

        bench.assertArrived(Bench.PARTITIONS * Bench.BATCH);
        bench.report("kill -9 with the broker away for 3 s", "");
    }

    @Test
    void aBacklogOfAGigabyteAndASlowFunctionFitIntoASmallHeap() {
        int records = 3_300;
        int bytes = 80_000;
        Arrivals arrivals = new Arrivals();
        bench.function.keepsAtMost(0);
        bench.function.onDelivery(arrivals::add);
        // Slow enough that everything would be in memory long before half of it is delivered.
        bench.function.byDefault(Answer.slow(Duration.ofMillis(500)));
        for (int partition = 0; partition < Bench.PARTITIONS; partition++) {
            for (int part = 0; part < 10; part++) {
                bench.produce(partition, records / 10, bytes);
            }
        }
        Instance instance = bench.with("kafila.lambda.batch-size", "100").start("-Xmx512m");
        bench.awaitAllCommitted();

        assertThat((long) records * Bench.PARTITIONS * bytes).isGreaterThan(1_000_000_000L);
        assertThat(arrivals.unique()).isEqualTo(bench.produced());
        assertThat(arrivals.duplicates()).isZero();
        assertThat(arrivals.outOfOrder()).isZero();
        bench.assertLedger(instance);
        assertThat(instance.log()).noneMatch(line -> line.contains("OutOfMemoryError"));
        assertThat(instance.heap().live()).as("MiB of heap after a collection").isLessThan(300);
        bench.report(
                "a backlog of 1 GB, -Xmx512m",
                arrivals,
                "heap " + instance.heap().used() + " MiB used, "
                        + instance.heap().live() + " MiB after a collection, resident "
                        + instance.usage().peakResidentBytes() / MIB + " MiB");
    }
}
