package dev.kafila.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.sandbox.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Somebody stops the process or edits its route while batches are out or wait. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class StopFaultTest {
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final String ROUTE = "routes/kafka-to-lambda.camel.yaml";

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
    void sigtermGivesUpBatchesThatWaitForARetry() {
        Instance instance = startWithBatchesThatWait();

        long before = System.nanoTime();
        assertThat(instance.terminate().awaitEnd(DRAIN)).isZero();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        assertNothingHappened();
        assertThat(instance.lastLedger()).isNotEmpty().allMatch(line -> line.balanced() && line.consumed() == 0);

        bench.function.answersNormally();
        bench.assertLedger(awaitAll(bench.start()));
        bench.assertArrived(0);
        bench.report("SIGTERM while batches wait for a retry", "ended in " + millis + " ms");
    }

    @Test
    void sigtermLetsCallsFinishAndCommitsThem() {
        bench.function.byDefault(Answer.slow(Duration.ofSeconds(2)));
        bench.produce(5 * Bench.BATCH);
        Instance instance = bench.start();
        bench.awaitCalls(Bench.PARTITIONS);
        assertThat(instance.terminate().awaitEnd(DRAIN)).isZero();
        assertThat(instance.lastLedger()).isNotEmpty().allMatch(line -> line.balanced() && line.inFlight() == 0);
        bench.function.answersNormally();
        awaitAll(bench.start());

        bench.assertArrived(0);
        bench.report("SIGTERM with calls running", "");
    }

    @Test
    void sigtermDoesNotWaitForACallThatOutlivesTheDrainTimeout() {
        bench.with("kafila.lambda.drain-timeout", "3s");
        bench.function.byDefault(Answer.slow(Duration.ofMinutes(1)));
        bench.produce(2 * Bench.BATCH);
        Instance instance = bench.start();
        bench.awaitCalls(Bench.PARTITIONS);
        long before = System.nanoTime();
        // The drain, and five seconds for Camel.
        assertThat(instance.terminate().awaitEnd(Duration.ofSeconds(12))).isZero();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        assertNothingHappened();
        assertThat(instance.lastLedger()).isNotEmpty().allMatch(LedgerLine::balanced);
        bench.function.answersNormally();
        awaitAll(bench.start());

        bench.assertArrived(Bench.PARTITIONS * Bench.BATCH);
        bench.report("SIGTERM with calls that outlive the drain timeout of 3 s", "ended in " + millis + " ms");
    }

    @Test
    void aReloadGivesUpBatchesThatWaitForARetryAndTheNewRouteDeliversThem() throws IOException {
        Instance instance = startWithBatchesThatWait();
        edit(instance, "description: ", "description: Edited. ");
        bench.await(() -> bench.function.count() >= 2L * Bench.PARTITIONS);
        assertNothingHappened();

        breakRoute(instance);
        bench.await(() -> refusals(instance) == 1);
        bench.await(() -> instance.health().contains("stepz"));
        assertThat(instance.ledger()).allMatch(LedgerLine::balanced);
        assertNothingHappened();
        bench.function.answersNormally();
        edit(instance, "description: ", "description: Mended. ");
        awaitAll(instance);

        bench.assertArrived(0);
        bench.report("a reload, one with a typo, while batches wait for a retry", "");
    }

    @Test
    void reloadsUnderLoadLoseAndRepeatNothing() throws IOException {
        bench.function.byDefault(Answer.slow(Duration.ofMillis(50)));
        bench.produce(1_500);
        Instance instance = bench.start();
        for (int edit = 0; edit < 3; edit++) {
            bench.awaitCalls(bench.function.count() + 20);
            edit(instance, "description: ", "description: Edited " + edit + ". ");
            await(instance, edit + 1, edit);
            bench.awaitCalls(bench.function.count() + 20);
            breakRoute(instance);
            await(instance, edit + 1, edit + 1);
        }
        assertThat(bench.broker.committed(Bench.GROUP)).isNotEqualTo(bench.broker.endOffsets(Bench.TOPIC));
        edit(instance, "description: ", "description: Mended. ");
        awaitAll(instance);

        bench.assertArrived(0);
        bench.assertLedger(instance);
        bench.report("three reloads and three typos under load", "");
    }

    private Instance startWithBatchesThatWait() {
        bench.with("kafila.lambda.retry-delay", "60s")
                .with("kafila.lambda.retry-delay-max", "60s")
                .with("kafila.lambda.max-attempts", "2")
                .with("kafila.lambda.on-failure", "dead-letter")
                .with("kafila.lambda.dead-letter", "kafka:" + Bench.DEAD_LETTERS);
        bench.function.byDefault(Answer.status(503, "ServiceUnavailableException"));
        bench.produce(2 * Bench.BATCH);
        Instance instance = bench.start();
        bench.awaitCalls(Bench.PARTITIONS);
        return instance;
    }

    private void await(Instance instance, int reloads, int refused) {
        bench.await(() -> reloads(instance) == reloads && refusals(instance) == refused);
    }

    private static long reloads(Instance instance) {
        return instance.log().stream()
                .filter(line -> line.contains("Reloaded "))
                .count();
    }

    private static long refusals(Instance instance) {
        return instance.log().stream()
                .filter(line -> line.contains("What ran before goes on"))
                .count();
    }

    private Instance awaitAll(Instance instance) {
        bench.awaitAllCommitted();
        return instance;
    }

    private void assertNothingHappened() {
        for (int partition = 0; partition < Bench.PARTITIONS; partition++) {
            assertThat(bench.committed(partition)).isZero();
        }
        assertThat(bench.broker.records(Bench.DEAD_LETTERS)).isEmpty();
    }

    /** Puts the route of the jar into the process's directory, changed, as an editor saves it. */
    private static void edit(Instance instance, String what, String with) throws IOException {
        save(instance, Files.readString(Path.of(ROUTE)).replaceFirst(what, with));
    }

    private static void breakRoute(Instance instance) throws IOException {
        save(instance, Files.readString(Path.of(ROUTE)).replaceFirst("steps:", "stepz:"));
    }

    private static void save(Instance instance, String yaml) throws IOException {
        Path file = instance.directory().resolve(ROUTE);
        Files.createDirectories(file.getParent());
        Path draft = Files.writeString(file.resolveSibling("draft"), yaml);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
