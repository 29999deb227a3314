package dev.kafila.faults.proof;

import java.util.stream.IntStream;

/**
 * How many duplicates were promised, given what happened: a batch for each partition that an instance had when it crashed, or that was taken from
 * it without its commit, and the request of each answer that did not arrive.
 *
 * @param crashes   partitions of instances that were killed
 * @param losses    partitions of instances that the group had lost: frozen, or without a broker, for longer than a session
 * @param timeouts  partitions that were given to others while a call was out for longer than the drain timeout
 * @param ambiguous records in requests whose answer did not arrive
 */
record Bound(long crashes, long losses, long timeouts, long ambiguous) {

    static Bound of(FlowEvidence evidence) {
        long crashes = 0;
        long losses = 0;
        long timeouts = 0;
        long ambiguous = 0;
        for (int partition = 0; partition < evidence.workload().partitions(); partition++) {
            Track track = evidence.track(partition);
            for (Happened fault : evidence.faults()) {
                if (fault.fault().kind() == FaultKind.KILL && had(evidence, track, fault)) {
                    crashes++;
                } else if (isLoss(evidence, track, fault)) {
                    losses++;
                }
            }
            timeouts += timeouts(evidence, track);
            ambiguous += IntStream.range(0, track.rows())
                    .filter(row -> track.fate(row) == Fate.UNKNOWN)
                    .count();
        }
        return new Bound(crashes, losses, timeouts, ambiguous);
    }

    private static boolean isLoss(FlowEvidence evidence, Track track, Happened fault) {
        return (fault.outlasts(FaultKind.FREEZE, evidence.limits().session()) && had(evidence, track, fault))
                || (fault.outlasts(FaultKind.BROKER_AWAY, evidence.limits().session()) && track.rows() > 0);
    }

    /**
     * Whether the instance had the partition when the fault began: the last request until then was its own, or one of its own came meanwhile. Who
     * has sent nothing of a partition has nothing of it to double.
     */
    private static boolean had(FlowEvidence evidence, Track track, Happened fault) {
        Journal journal = evidence.journal();
        boolean had = false;
        for (int row = 0; row < track.rows(); row = track.nextRequest(row)) {
            boolean own = journal.instance(track.request(row)).equals(fault.instance());
            long arrived = journal.arrived(track.request(row));
            if (arrived - fault.began() <= 0) {
                had = own;
            } else if (own && arrived - fault.ended() <= 0) {
                return true;
            }
        }
        return had;
    }

    /** Calls after which somebody sent of the same partition, later than a drain would have waited, but before the answer was due. */
    private static long timeouts(FlowEvidence evidence, Track track) {
        Journal journal = evidence.journal();
        long drain = evidence.limits().drainTimeout().toNanos();
        long timeouts = 0;
        for (int row = 0; row < track.rows(); row = track.nextRequest(row)) {
            int next = track.nextRequest(row);
            if (track.fate(row) == Fate.TAKEN && next < track.rows()) {
                long later = journal.arrived(track.request(next));
                boolean outlived = later - journal.arrived(track.request(row)) > drain;
                timeouts += outlived && later - journal.answered(track.request(row)) < 0 ? 1 : 0;
            }
        }
        return timeouts;
    }

    long records(int batch) {
        return (crashes + losses + timeouts) * batch + ambiguous;
    }

    String describe(int batch) {
        return "(%d of crashes + %d of lost instances + %d given up) x %d + %d in requests without an answer"
                .formatted(crashes, losses, timeouts, batch, ambiguous);
    }
}
