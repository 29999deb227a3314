package dev.kafila.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.sandbox.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** One partition cannot go on. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class PartitionFaultTest {
    private static final int STUCK = 1;
    private static final String POISON = Arrivals.key(STUCK, 25);
    private static final String STUCK_PARTITION = Bench.TOPIC + "-" + STUCK;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(directory);
        bench.function.answersWhen(
                invocation -> Arrivals.keys(invocation).contains(POISON),
                Answer.status(400, "InvalidRequestContentException"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aPoisonRecordStopsOnlyItsPartitionAndAfterResumeItGoesOn() {
        bench.produce(100);
        Instance instance = bench.start();
        awaitStuck(instance);

        assertThat(bench.delivered().has(STUCK, 25)).isFalse();
        assertThat(instance.ledger()).allMatch(LedgerLine::balanced);
        bench.function.answersNormally();
        assertThat(instance.resume(STUCK_PARTITION)).isEqualTo(202);
        bench.awaitAllCommitted();

        bench.assertArrived(0);
        bench.assertLedger(instance);
        bench.await(instance::isReady);
        assertThat(instance.resume(STUCK_PARTITION)).isEqualTo(404);
        bench.report("a poison record, then resume", "");
    }

    @Test
    void aPoisonRecordStopsTheWholeRouteWhereThatIsThePolicy() {
        bench.produce(100);
        Instance instance = bench.with("kafila.lambda.on-failure", "stop").start();
        bench.await(() -> instance.log().stream().anyMatch(line -> line.contains("The route stops")));
        bench.await(() -> !instance.isReady());

        assertThat(bench.committed(STUCK)).isLessThanOrEqualTo(25);
        assertThat(instance.ledger()).allMatch(LedgerLine::balanced);
        bench.function.answersNormally();
        assertThat(instance.terminate().awaitEnd(Duration.ofSeconds(10))).isZero();
        bench.start();
        bench.awaitAllCommitted();

        bench.assertArrived(0);
        bench.report("a poison record with on-failure=stop, then a new process", "");
    }

    @Test
    void nothingIsCommittedPastARecordThatCannotBeDeadLetteredAndResumeGoesOn() {
        bench.produce(100);
        bench.broker.denyWrites(Bench.DEAD_LETTERS);
        Instance instance = startWithDeadLetters();
        awaitStuck(instance);
        staysUncommitted();

        bench.broker.allowWrites(Bench.DEAD_LETTERS);
        assertThat(instance.resume(STUCK_PARTITION)).isEqualTo(202);
        assertDeadLettered(instance);
        bench.report("a dead-letter topic without permission, then resume", "");
    }

    @Test
    void aDeadLetterTopicThatTakesTheRecordAgainIsFoundOutWithoutAResume() throws Exception {
        for (int partition = 0; partition < Bench.PARTITIONS; partition++) {
            bench.produce(partition, 100, 40_000);
        }
        mostBytes("20000");
        Instance instance = startWithDeadLetters();
        awaitStuck(instance);
        staysUncommitted();

        mostBytes("1000000");
        assertDeadLettered(instance);
        bench.report("a dead-letter topic that takes no record of this size, goes on by itself", "");
    }

    private Instance startWithDeadLetters() {
        return bench.with("kafila.lambda.on-failure", "dead-letter")
                .with("kafila.lambda.dead-letter", "kafka:" + Bench.DEAD_LETTERS)
                .start();
    }

    private void awaitStuck(Instance instance) {
        bench.await(() -> !instance.isReady() && instance.health().contains(STUCK_PARTITION));
        bench.await(() -> othersCommitted() && bench.committed(STUCK) > 0);
        assertThat(bench.committed(STUCK)).isBetween(16L, 25L);
    }

    private boolean othersCommitted() {
        return List.of(0, 2, 3).stream().allMatch(partition -> bench.committed(partition) == 100);
    }

    private void staysUncommitted() {
        Awaitility.await()
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(10))
                .until(() -> bench.committed(STUCK) <= 25);
        assertThat(bench.broker.records(Bench.DEAD_LETTERS)).isEmpty();
    }

    private void assertDeadLettered(Instance instance) {
        bench.awaitAllCommitted();
        bench.await(() -> instance.ledger().stream().allMatch(line -> line.inFlight() == 0));
        int deadLetters = bench.broker.records(Bench.DEAD_LETTERS).size();
        assertThat(deadLetters).isBetween(1, Bench.BATCH);
        assertThat(bench.delivered().unique() + deadLetters).isEqualTo(bench.produced());
        assertThat(bench.delivered().duplicates()).isZero();
        assertThat(instance.ledger()).allMatch(LedgerLine::balanced);
        assertThat(instance.ledger().stream()
                        .mapToLong(LedgerLine::deadLettered)
                        .sum())
                .isEqualTo(deadLetters);
    }

    private void mostBytes(String limit) throws ExecutionException, InterruptedException {
        bench.broker
                .admin()
                .incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, Bench.DEAD_LETTERS),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("max.message.bytes", limit), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }
}
