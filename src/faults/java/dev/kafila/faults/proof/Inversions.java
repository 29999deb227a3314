package dev.kafila.faults.proof;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
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

    /** By number: the first request with that record of which AWS took anything. */
    private final int[] origins;

    private final BitSet delivered = new BitSet();
    private int highest = NONE;
    private int highestOrigin = NONE;
    private int highestOfOthers = NONE;

    private Inversions(FlowEvidence evidence, int partition) {
        this.evidence = evidence;
        this.partition = partition;
        track = evidence.track(partition);
        origins = new int[evidence.workload().records()];
        Arrays.fill(origins, NONE);
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
        boolean anyTaken = false;
        for (int row = from; row < to; row++) {
            anyTaken |= track.isTaken(row);
        }
        if (!anyTaken) {
            return NONE;
        }
        int inverted = NONE;
        BitSet first = new BitSet();
        for (int row = from; row < to; row++) {
            int number = track.number(row);
            origins[number] = origins[number] == NONE ? track.request(row) : origins[number];
            if (track.isTaken(row) && !delivered.get(number)) {
                first.set(number);
                if (inverted == NONE && number < highestBeside(origins[number])) {
                    inverted = number;
                }
            }
        }
        first.stream().forEach(this::deliver);
        return inverted;
    }

    private int highestBeside(int origin) {
        return origin == highestOrigin ? highestOfOthers : highest;
    }

    private void deliver(int number) {
        delivered.set(number);
        int origin = origins[number];
        if (origin == highestOrigin) {
            highest = Math.max(highest, number);
        } else if (number > highest) {
            highestOfOthers = highest;
            highest = number;
            highestOrigin = origin;
        } else {
            highestOfOthers = Math.max(highestOfOthers, number);
        }
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
