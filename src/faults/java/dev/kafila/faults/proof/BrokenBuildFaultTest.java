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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The proof can fail: a build with a mistake in it breaks the figure that the mistake is about, and the build as it is breaks none. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class BrokenBuildFaultTest {
    private static final Workload WORKLOAD = new Workload(11, 8, 2_500, 500, 1_000);
    private static final int RATE = 800;

    /** What brings the mistakes out: failures of functions, requests that have to wait for their retry, and a crash meanwhile. */
    private static final List<Fault> FAULTS = List.of(
            fault(FaultKind.FUNCTION_ERRORS, 4, 2),
            fault(FaultKind.SERVER_ERRORS, 8, 5),
            fault(FaultKind.KILL, 10, 0),
            fault(FaultKind.PARTIAL_FAILURES, 18, 2));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @ParameterizedTest
    @EnumSource
    void aMistakeIsFoundByItsFigure(Sabotage sabotage) {
        Verdict verdict = verdict(List.of(sabotage.compile(directory.resolve("broken"))));

        System.out.println("BROKEN BUILD " + sabotage + ": " + verdict.broken());
        assertThat(verdict.broken()).extracting(Figure::name).contains(sabotage.figure());
    }

    @Test
    void theBuildAsItIsHolds() {
        assertThat(verdict(List.of()).broken()).isEmpty();
    }

    private Verdict verdict(List<Path> before) {
        return new Checker()
                .check(ProofRun.run(
                        new Plan(WORKLOAD, RATE, FAULTS, 2, before, directory.resolve("run"), Duration.ofSeconds(60))));
    }

    private static Fault fault(FaultKind kind, long after, long seconds) {
        return new Fault(kind, Duration.ofSeconds(after), Duration.ofSeconds(seconds));
    }
}
