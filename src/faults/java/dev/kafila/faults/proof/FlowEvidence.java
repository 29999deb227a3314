package dev.kafila.faults.proof;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an evidence has of one flow. */
final class FlowEvidence {
    private final Evidence evidence;
    private final Flow flow;
    private final Map<RecordId, Integer> deadLetters = new HashMap<>();

    FlowEvidence(Evidence evidence, Flow flow) {
        this.evidence = evidence;
        this.flow = flow;
        evidence.deadLetters().getOrDefault(flow, List.of()).forEach(id -> deadLetters.merge(id, 1, Integer::sum));
    }

    Flow flow() {
        return flow;
    }

    Workload workload() {
        return evidence.workload();
    }

    Limits limits() {
        return evidence.limits();
    }

    Journal journal() {
        return evidence.journal();
    }

    int batch() {
        return evidence.limits().batch().get(flow);
    }

    Track track(int partition) {
        return evidence.journal().track(flow, partition);
    }

    /** Numbers of a partition's records that AWS took, and said so: who does not hear of it has to send again. */
    BitSet taken(int partition) {
        Track track = track(partition);
        BitSet taken = new BitSet(workload().records());
        for (int row = 0; row < track.rows(); row++) {
            if (track.fate(row) == Fate.TAKEN) {
                taken.set(track.number(row));
            }
        }
        return taken;
    }

    /** How often each record is in the topic of dead letters. */
    Map<RecordId, Integer> deadLetters() {
        return deadLetters;
    }

    boolean hasRepeatedDeadLetters(int partition) {
        return deadLetters.entrySet().stream()
                .anyMatch(letter -> letter.getKey().partition() == partition && letter.getValue() > 1);
    }

    /** What the group had committed, over time. */
    List<Offsets> samples() {
        return evidence.offsets().stream()
                .filter(sample -> sample.flow() == flow)
                .toList();
    }

    /** The offset that the group had committed at the end; 0 if none. */
    long committed(int partition) {
        List<Offsets> samples = samples();
        return samples.isEmpty()
                ? 0
                : samples.get(samples.size() - 1).partitions().getOrDefault(partition, 0L);
    }

    /** Start of the workload, by {@link System#nanoTime()}. */
    long began() {
        return evidence.began();
    }

    /** Whether the process could not tell its ledger. */
    boolean isKilled(String instance) {
        return evidence.faults().stream()
                .anyMatch(fault -> fault.fault().kind() == FaultKind.KILL && instance.equals(fault.instance()));
    }

    /** Whether the group has ever given the instance's partitions to others without its consent. */
    boolean wasLost(String instance) {
        return evidence.faults().stream()
                .anyMatch(fault -> fault.outlasts(FaultKind.BROKER_AWAY, limits().session())
                        || (fault.outlasts(FaultKind.FREEZE, limits().session()) && instance.equals(fault.instance())));
    }

    List<Happened> faults() {
        return evidence.faults();
    }

    List<Ledger> ledgers() {
        return evidence.ledgers();
    }
}
