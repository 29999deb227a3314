package dev.kafila.faults.proof;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The proof: a million records, and every kind of fault. Another one by {@code -Dproof.seed}, and so on. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class ProofFaultTest {
    private static final long SEED = Long.getLong("proof.seed", 7);
    private static final int RECORDS = Integer.getInteger("proof.records", 1_000_000);
    private static final int FAULTS = Integer.getInteger("proof.faults", 54);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void whatIsPromisedOfAMillionRecordsHoldsUnderEveryFault() {
        Proof.mustHold(
                Plan.of(SEED, RECORDS, 1_850, FAULTS, 5_000, directory),
                "full",
                "mvn -Pfaults verify -Dproof.seed=%d -Dproof.records=%d -Dproof.faults=%d"
                        .formatted(SEED, RECORDS, FAULTS));
    }
}
