package dev.kafila.faults.proof;

import java.util.BitSet;
import java.util.List;

/** Whether every record has ended, and as it should: taken by AWS with an answer that said so, or dead-lettered. */
final class Losses {
    static final String LOST = "lost";
    static final String UNSETTLED = "unsettled";
    static final String MISSING_DEAD_LETTERS = "missing dead letters";
    static final String SURPLUS_DEAD_LETTERS = "surplus dead letters";

    private final FlowEvidence evidence;
    private final Findings lost = new Findings();
    private final Findings unsettled = new Findings();
    private final Findings missing = new Findings();
    private final Findings surplus = new Findings();

    private Losses(FlowEvidence evidence) {
        this.evidence = evidence;
    }

    static List<Figure> figures(FlowEvidence evidence) {
        Losses losses = new Losses(evidence);
        for (int partition = 0; partition < evidence.workload().partitions(); partition++) {
            losses.passed(partition);
            losses.settled(partition);
        }
        losses.surplus();
        Flow flow = evidence.flow();
        return List.of(
                losses.lost.figure(LOST, flow),
                losses.unsettled.figure(UNSETTLED, flow),
                losses.missing.figure(MISSING_DEAD_LETTERS, flow),
                losses.surplus.figure(SURPLUS_DEAD_LETTERS, flow));
    }

    /** What the group has not passed is not lost: Kafka has it, and {@link #UNSETTLED} counts it. */
    private void passed(int partition) {
        BitSet taken = evidence.taken(partition);
        long passed = Math.min(evidence.workload().records(), evidence.committed(partition));
        for (int number = 0; number < passed; number++) {
            RecordId id = new RecordId(partition, number);
            boolean deadLettered = evidence.deadLetters().containsKey(id);
            if (evidence.workload().kind(id) != Kind.GOOD) {
                missing.add(deadLettered ? 0 : 1, id.coordinates());
            } else if (!taken.get(number) && !deadLettered) {
                lost.add(id.coordinates());
            }
        }
    }

    private void settled(int partition) {
        long committed = evidence.committed(partition);
        int records = evidence.workload().records();
        unsettled.add(
                Math.abs(records - committed),
                Workload.TOPIC + "-" + partition + " is committed to " + committed + " of " + records);
    }

    private void surplus() {
        evidence.deadLetters().keySet().stream()
                .filter(id -> evidence.workload().kind(id) == Kind.GOOD)
                .sorted(RecordId.ORDER)
                .forEach(id -> surplus.add(id.coordinates()));
    }
}
