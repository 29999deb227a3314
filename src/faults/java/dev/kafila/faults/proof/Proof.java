package dev.kafila.faults.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** A run, its verdict and its report. */
final class Proof {
    private Proof() {}

    /**
     * Fails with the figures that are worse than promised.
     *
     * @param name    of the directory below {@code target/proof} that the report goes to
     * @param command runs it again
     */
    static void mustHold(Plan plan, String name, String command) {
        Evidence evidence = ProofRun.run(plan);
        Verdict verdict = new Checker().check(evidence);
        Path report = Path.of("target", "proof", name);
        Report.write(evidence, verdict, command, report);
        verdict.figures().forEach(Proof::print);
        System.out.printf("PROOF %s, see %s%n", command, report.resolve("report.md"));

        assertThat(verdict.broken())
                .as("figures worse than promised, by %s", command)
                .isEmpty();
    }

    private static void print(Figure figure) {
        System.out.printf(
                "PROOF %-12s %-40s %,10d of at most %,d %s%n",
                figure.flow() == null ? "all" : figure.flow().label(),
                figure.name(),
                figure.value(),
                figure.allowed(),
                figure.detail());
    }
}
