package dev.kafila.faults.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.charts.Chart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        mustHold(ProofRun.run(plan), List.of(), Map.of(), name, command);
    }

    /**
     * The same of a run that is over.
     *
     * @param first    figures of it that stand before the checker's
     * @param pictures by names of files without their ends
     */
    static void mustHold(
            Evidence evidence, List<Figure> first, Map<String, Chart> pictures, String name, String command) {
        List<Figure> figures = new ArrayList<>(first);
        figures.addAll(new Checker().check(evidence).figures());
        Verdict verdict = new Verdict(figures);
        Path report = Path.of("target", "proof", name);
        Report.write(evidence, verdict, command, pictures, report);
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
