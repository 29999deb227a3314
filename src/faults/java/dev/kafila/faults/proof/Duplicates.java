package dev.kafila.faults.proof;

import java.util.BitSet;
import java.util.List;

/** Records that AWS took more than once, or that are more than once among the dead letters. */
final class Duplicates {
    static final String DUPLICATES = "duplicates";

    private Duplicates() {}

    static List<Figure> figures(FlowEvidence evidence) {
        Findings duplicates = new Findings();
        for (int partition = 0; partition < evidence.workload().partitions(); partition++) {
            count(evidence.track(partition), partition, duplicates);
        }
        evidence.deadLetters().entrySet().stream()
                .filter(letter -> letter.getValue() > 1)
                .forEach(letter -> duplicates.add(
                        letter.getValue() - 1, letter.getKey().coordinates() + " is dead-lettered twice"));
        Bound bound = Bound.of(evidence);
        Figure figure = duplicates.figure(DUPLICATES, evidence.flow(), bound.records(evidence.batch()));
        String detail = figure.detail().isEmpty() ? "" : "first " + figure.detail() + "; ";
        return List.of(new Figure(
                figure.name(),
                figure.flow(),
                figure.value(),
                figure.allowed(),
                detail + bound.describe(evidence.batch())));
    }

    private static void count(Track track, int partition, Findings duplicates) {
        BitSet taken = new BitSet();
        for (int row = 0; row < track.rows(); row++) {
            if (track.isTaken(row)) {
                int number = track.number(row);
                duplicates.add(taken.get(number) ? 1 : 0, new RecordId(partition, number).coordinates());
                taken.set(number);
            }
        }
    }
}
