package dev.kafila.faults.proof;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Requests with a record whose first delivery comes after that of a later record. Records that were in one request of which AWS took only
 * some are not compared with each other. An instance that was frozen past its session may send one such request of each partition.
 */
final class Inversions {
    static final String INVERSIONS = "inversions";

    private static final int NONE = -1;

    private final FlowEvidence evidence;
    private final int partition;
    private final Track track;
    private final Set<Happened> spent = new HashSet<>();

    /** By number of a record that was refused: all that were in a request with it of which AWS took some. */
    private final Map<Integer, BitSet> companions = new HashMap<>();

    private final BitSet delivered = new BitSet();

    private Inversions(FlowEvidence evidence, int partition) {
        this.evidence = evidence;
        this.partition = partition;
        track = evidence.track(partition);
    }

    static List<Figure> figures(FlowEvidence evidence) {
        Findings all = new Findings();
        Findings inexcusable = new Findings();
        for (int partition = 0; partition < evidence.workload().partitions(); partition++) {
            new Inversions(evidence, partition).count(all, inexcusable);
        }
        Figure value = all.figure(INVERSIONS, evidence.flow());
        Figure wrong = inexcusable.figure(INVERSIONS, evidence.flow());
        return List.of(
                new Figure(INVERSIONS, evidence.flow(), value.value(), value.value() - wrong.value(), wrong.detail()));
    }

    private void count(Findings all, Findings inexcusable) {
        for (int row = 0; row < track.rows(); row = track.nextRequest(row)) {
            int inverted = take(row, track.nextRequest(row));
            if (inverted != NONE) {
                String where = new RecordId(partition, inverted).coordinates();
                all.add(where);
                if (!isStale(track.request(row))) {
                    inexcusable.add(where);
                }
            }
        }
    }

    /** Takes in a request; returns the number of its first record that is late, or {@link #NONE}. */
    private int take(int from, int to) {
        BitSet all = new BitSet();
        BitSet taken = new BitSet();
        for (int row = from; row < to; row++) {
            all.set(track.number(row));
            taken.set(track.number(row), track.isTaken(row));
        }
        BitSet first = (BitSet) taken.clone();
        first.andNot(delivered);
        int inverted = first.stream().filter(this::isLate).findFirst().orElse(NONE);
        delivered.or(first);
        if (!taken.isEmpty()) {
            all.stream().filter(number -> !delivered.get(number)).forEach(number -> companions
                    .computeIfAbsent(number, refused -> new BitSet())
                    .or(all));
        }
        return inverted;
    }

    private boolean isLate(int number) {
        if (number >= delivered.length()) {
            return false;
        }
        BitSet before = (BitSet) delivered.clone();
        before.clear(0, number);
        before.andNot(companions.getOrDefault(number, new BitSet()));
        return !before.isEmpty();
    }

    /** It learns of its loss when the coordinator answers, which is within a session's time after it woke. */
    private boolean isStale(int request) {
        String sender = evidence.journal().instance(request);
        long arrived = evidence.journal().arrived(request);
        long session = evidence.limits().session().toNanos();
        return evidence.faults().stream()
                .filter(fault ->
                        fault.outlasts(FaultKind.FREEZE, evidence.limits().session()))
                .filter(fault -> sender.equals(fault.instance()))
                .filter(fault -> arrived - fault.began() >= 0 && arrived - fault.ended() <= session)
                .anyMatch(spent::add);
    }
}
