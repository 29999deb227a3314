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

/** Event source mappings outlive the processes that run them. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class MappingFaultTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.ofMappings(directory).with("kafila.kafka.properties.session.timeout.ms", "3000");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private MappingClient client(Instance instance) {
        return new MappingClient(instance.mappings(), bench.broker.bootstrapServers());
    }

    @Test
    void aMappingComesBackWithTheProcessThatWasKilled() {
        int crashes = 3;
        bench.function.byDefault(Answer.slow(Duration.ofMillis(50)));
        bench.produce(200);
        Instance first = bench.start();
        String uuid;
        try (MappingClient client = client(first)) {
            uuid = client.create(bench, mapping -> {});
        }
        bench.awaitCalls(8);
        first.kill();
        for (int crash = 1; crash < crashes; crash++) {
            Instance instance = bench.launch();
            bench.awaitCalls(bench.function.count() + 8);
            instance.kill();
        }
        Instance last = bench.start();
        bench.awaitAllCommitted();

        try (MappingClient client = client(last)) {
            bench.await(() -> client.state(uuid).equals("Enabled"));
            assertThat(client.list()).containsExactly(uuid);
            bench.await(() -> client.get(uuid).lastProcessingResult().equals("OK"));
        }
        bench.assertArrived((long) crashes * Bench.PARTITIONS * Bench.BATCH);
        assertThat(last.ledger()).allMatch(LedgerLine::balanced);
        bench.report("mapping: kill -9 with calls running, " + crashes + " times", "");
    }

    @Test
    void anInstanceTakesOverTheMappingsOfAnotherThatWasKilled() {
        bench.function.byDefault(Answer.slow(Duration.ofMillis(50)));
        Instance one = bench.start();
        Instance two = bench.start();
        String uuid;
        try (MappingClient client = client(one)) {
            uuid = client.create(
                    bench,
                    mapping -> mapping.provisionedPollerConfig(
                            pollers -> pollers.minimumPollers(4).maximumPollers(4)));
        }
        bench.await(() -> !one.ledger().isEmpty() && !two.ledger().isEmpty());
        bench.produce(200);
        bench.awaitCalls(16);
        one.kill();
        bench.awaitAllCommitted();

        try (MappingClient client = client(two)) {
            bench.await(() -> client.state(uuid).equals("Enabled"));
            assertThat(client.list()).containsExactly(uuid);
            client.delete(uuid);
            bench.await(() -> client.isGone(uuid));
        }
        bench.assertArrived((long) Bench.PARTITIONS * Bench.BATCH);
        bench.report("mapping: one of two instances killed", "");
    }

    @Test
    void whatChangesWhileAnotherInstanceIsDownIsSeenWhenItIsBack() {
        Instance one = bench.start();
        Instance two = bench.start();
        String kept;
        try (MappingClient client = client(one)) {
            kept = client.create(bench, mapping -> mapping.enabled(false));
            bench.await(() -> client.state(kept).equals("Disabled"));
        }
        one.kill();
        bench.produce(50);
        try (MappingClient client = client(two)) {
            client.enable(kept, true);
            bench.awaitAllCommitted();
            client.batchSize(kept, 5);
            bench.await(() -> client.state(kept).equals("Enabled"));
        }
        two.kill();
        Instance again = bench.start();
        bench.produce(50);
        bench.awaitAllCommitted();

        try (MappingClient client = client(again)) {
            assertThat(client.get(kept).batchSize()).isEqualTo(5);
        }
        bench.assertArrived((long) Bench.PARTITIONS * Bench.BATCH);
        bench.report("mapping: changed while the other instance is down", "");
    }

    @Test
    void mappingsGoOnWhenTheBrokerIsBack() {
        bench.function.byDefault(Answer.slow(Duration.ofMillis(20)));
        Instance instance = bench.start();
        String uuid;
        try (MappingClient client = client(instance)) {
            uuid = client.create(bench, mapping -> {});
            bench.produce(200);
            bench.awaitCalls(10);
            bench.broker.stop();
            Pause.of(Duration.ofSeconds(5));
            bench.broker.restart();
            bench.awaitAllCommitted();
            bench.await(() -> client.state(uuid).equals("Enabled"));
            bench.await(() -> client.get(uuid).lastProcessingResult().equals("OK"));
        }
        bench.assertLedger(instance);
        bench.assertArrived((long) Bench.PARTITIONS * Bench.BATCH);
        bench.report("mapping: broker away for 5 s", "");
    }

    @Test
    void aMappingIsDrainedByATermSignal() {
        bench.function.byDefault(Answer.slow(Duration.ofMillis(100)));
        bench.produce(100);
        Instance instance = bench.start();
        try (MappingClient client = client(instance)) {
            client.create(bench, mapping -> {});
        }
        bench.awaitCalls(12);
        assertThat(instance.terminate().awaitEnd(Duration.ofSeconds(20))).isZero();
        assertThat(instance.lastLedger()).isNotEmpty().allMatch(LedgerLine::balanced);
        Instance next = bench.start();
        bench.awaitAllCommitted();

        assertThat(next.ledger()).isNotEmpty();
        bench.assertArrived(0);
        bench.report("mapping: SIGTERM with calls running", "");
    }
}
