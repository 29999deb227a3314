package dev.kafila.faults.proof;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The short proof, with the faults that tell the most. Another one by {@code -Dproof.seed}. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class ProofIT {
    private static final long SEED = Long.getLong("proof.seed", 7);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void whatIsPromisedHoldsUnderFaults() {
        Proof.mustHold(Plan.of(SEED, 100_000, 1_000, 14, 2_000, directory), "short", "mvn verify -Dproof.seed=" + SEED);
    }
}
