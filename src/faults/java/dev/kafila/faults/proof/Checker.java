package dev.kafila.faults.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Compares what a run left behind with what was promised. It knows nothing of the product but its ledgers. */
final class Checker {
    private static final List<Function<FlowEvidence, List<Figure>>> CHECKS =
            List.of(Losses::figures, Inversions::figures, Duplicates::figures, Commits::figures, Ledgers::figures);

    /** The figures of each flow that ran. */
    Verdict check(Evidence evidence) {
        List<Figure> figures = new ArrayList<>();
        for (Flow flow : Flow.values()) {
            if (evidence.limits().batch().containsKey(flow)) {
                FlowEvidence own = new FlowEvidence(evidence, flow);
                CHECKS.forEach(check -> figures.addAll(check.apply(own)));
            }
        }
        return new Verdict(figures);
    }
}
