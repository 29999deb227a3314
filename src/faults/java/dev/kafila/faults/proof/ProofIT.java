package dev.kafila.faults.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The short proof. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class ProofIT {
    private static final long SEED = Long.getLong("proof.seed", 7);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void whatIsPromisedHoldsUnderFaults() {
        Evidence evidence = ProofRun.run(new Plan(
                new Workload(SEED, 8, 2_500, 1_000, 2_000),
                1_000,
                List.of(new Fault(FaultKind.KILL, Duration.ofSeconds(6), Duration.ZERO)),
                2,
                List.of(),
                directory,
                Duration.ofSeconds(60)));

        System.out.println("PROOF " + evidence.journal().requests() + " requests, seed " + SEED);
        assertThat(evidence.faults()).hasSize(1);
        assertThat(evidence.deadLetters().values()).doesNotContain(List.of());
    }
}
