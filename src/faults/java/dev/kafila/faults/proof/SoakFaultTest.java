package dev.kafila.faults.proof;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A long run at a steady rate with faults around a process that lives through all of them. Only where {@code -Dsoak.minutes} says how long. */
@Timeout(value = 3, unit = TimeUnit.HOURS)
class SoakFaultTest {
    private static final int MINUTES = Integer.getInteger("soak.minutes", 0);
    private static final long SEED = Long.getLong("proof.seed", 7);
    private static final int RATE = 700;
    private static final int FAULTS_A_MINUTE = 2;

    /** Sixty looks a quarter at most, for each costs a collection. */
    private static final Duration INTERVAL = Duration.ofSeconds(Math.max(5, MINUTES / 4));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void aProcessThatWorksSteadilyHoldsNoMoreInTheEnd() {
        assumeTrue(MINUTES > 0, "-Dsoak.minutes=20 runs it for so long");
        int faults = Math.max(Schedule.ALWAYS.size(), MINUTES * FAULTS_A_MINUTE);
        Plan plan = Plan.of(SEED, MINUTES * 60 * RATE, RATE, faults, 5_000, directory);
        try (VitalsWatch watch = new VitalsWatch()) {
            Evidence evidence = ProofRun.run(plan, instance -> watch.start(instance.pid(), INTERVAL));
            Soak soak = new Soak(evidence.began(), evidence.ended(), watch.until(evidence.ended()));
            Proof.mustHold(
                    evidence,
                    soak.figures(),
                    Map.of("soak", soak.chart(evidence.faults())),
                    "soak",
                    "mvn -Pfaults verify -Dsoak.minutes=" + MINUTES + " -Dproof.seed=" + SEED);
        }
    }
}
