package dev.kafila.faults.proof;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * How many duplicates were promised, given what happened: a batch for each partition that an instance had when it crashed, or that was taken from
 * it without its commit, and the request of each answer that did not arrive.
 *
 * @param crashes   partitions of instances that were killed
 * @param losses    partitions of instances that the group had lost: frozen, or without a broker, for longer than a session
 * @param timeouts  partitions that were given to others while a call was out for longer than the drain timeout
 * @param waiting   partitions that changed hands while a record waited that others behind it in its batch had overtaken
 * @param ambiguous records in requests whose answer did not arrive
 */
record Bound(long crashes, long losses, long timeouts, long waiting, long ambiguous) {

    static Bound of(FlowEvidence evidence) {
        long crashes = 0;
        long losses = 0;
        long timeouts = 0;
        long waiting = 0;
        long ambiguous = 0;
        for (int partition = 0; partition < evidence.workload().partitions(); partition++) {
            Track track = evidence.track(partition);
            for (Happened fault : evidence.faults()) {
                if (fault.fault().kind() == FaultKind.KILL && had(evidence, partition, fault)) {
                    crashes++;
                } else if (isLoss(evidence, partition, fault)) {
                    losses++;
                }
            }
            timeouts += timeouts(evidence, track);
            waiting += waiting(evidence, partition);
            ambiguous += IntStream.range(0, track.rows())
                    .filter(row -> track.fate(row) == Fate.UNKNOWN)
                    .count();
        }
        return new Bound(crashes, losses, timeouts, waiting, ambiguous);
    }

    private static boolean isLoss(FlowEvidence evidence, int partition, Happened fault) {
        return (fault.outlasts(FaultKind.FREEZE, evidence.limits().session()) && had(evidence, partition, fault))
                || (fault.outlasts(FaultKind.BROKER_AWAY, evidence.limits().session())
                        && evidence.track(partition).rows() > 0);
    }

    /**
     * Whether the instance had the partition when the fault began: the last request until then was its own, or one of its own came meanwhile. Who
     * has sent nothing of a partition can only have dead-lettered what is dead-lettered again, which does not tell who did it.
     */
    private static boolean had(FlowEvidence evidence, int partition, Happened fault) {
        Journal journal = evidence.journal();
        Track track = evidence.track(partition);
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
        return had || evidence.hasRepeatedDeadLetters(partition);
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

    /**
     * Whoever goes on begins with the record that waited, or behind it if that is dead-lettered: what was done before it is committed. That an
     * instance sends anything of it again without a change of hands is no part of the promise.
     */
    private static long waiting(FlowEvidence evidence, int partition) {
        Track track = evidence.track(partition);
        BitSet taken = new BitSet();
        long waiting = 0;
        int before = 0;
        for (int row = 0; row < track.rows(); row = track.nextRequest(row)) {
            int next = track.nextRequest(row);
            int first = track.number(row);
            boolean overtaken = (!taken.get(first) || isDeadLetter(evidence, partition, first - 1))
                    && IntStream.range(row, next).anyMatch(behind -> taken.get(track.number(behind)));
            waiting += overtaken && changedHands(evidence, track.request(before), track.request(row)) ? 1 : 0;
            IntStream.range(row, next).filter(track::isTaken).forEach(done -> taken.set(track.number(done)));
            before = row;
        }
        return waiting;
    }

    private static boolean isDeadLetter(FlowEvidence evidence, int partition, int number) {
        return number >= 0 && evidence.workload().kind(new RecordId(partition, number)) != Kind.GOOD;
    }

    /** From one instance to another, or within one as groups and routes change: two sessions after a fault that is over. */
    private static boolean changedHands(FlowEvidence evidence, int before, int request) {
        Journal journal = evidence.journal();
        long settling = 2 * evidence.limits().session().toNanos();
        return !journal.instance(before).equals(journal.instance(request))
                || evidence.faults().stream()
                        .filter(fault -> fault.fault().kind().isOfProcesses())
                        .anyMatch(fault -> fault.began() - journal.arrived(request) <= 0
                                && journal.arrived(before) - fault.ended() <= settling);
    }

    long records(int batch) {
        return (crashes + losses + timeouts + waiting) * batch + ambiguous;
    }

    String describe(int batch) {
        return "(%d of crashes + %d of lost instances + %d given up + %d with one that waited) x %d + %d in requests without an answer"
                .formatted(crashes, losses, timeouts, waiting, batch, ambiguous);
    }
}
