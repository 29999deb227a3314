package dev.kafila.faults.proof;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether what a group had committed over time only grew, and never went past a record that had not ended. */
final class Commits {
    static final String BACKWARDS = "commits backwards";
    static final String EARLY = "commits before delivery";

    private final FlowEvidence evidence;
    private final Map<Integer, long[]> ends = new TreeMap<>();
    private final Findings backwards = new Findings();
    private final Findings early = new Findings();

    private Commits(FlowEvidence evidence) {
        this.evidence = evidence;
    }

    static List<Figure> figures(FlowEvidence evidence) {
        Commits commits = new Commits(evidence);
        Map<Integer, Long> highest = new TreeMap<>();
        for (Offsets sample : evidence.samples()) {
            sample.partitions().forEach((partition, offset) -> {
                commits.compare(partition, offset, highest.merge(partition, offset, Math::max));
                commits.compare(partition, offset, sample);
            });
        }
        return List.of(
                commits.backwards.figure(BACKWARDS, evidence.flow()), commits.early.figure(EARLY, evidence.flow()));
    }

    private void compare(int partition, long offset, long highest) {
        if (offset < highest) {
            backwards.add(Workload.TOPIC + "-" + partition + " from " + highest + " to " + offset);
        }
    }

    private void compare(int partition, long offset, Offsets sample) {
        long[] ended = ends.computeIfAbsent(partition, this::ends);
        int last = (int) Math.min(offset, ended.length) - 1;
        if (last >= 0 && ended[last] > since(sample.at())) {
            int first = 0;
            while (ended[first] <= since(sample.at())) {
                first++;
            }
            early.add(new RecordId(partition, first).coordinates() + " when " + offset + " was committed");
        }
    }

    /** By number: when that record and all before it had ended. Dead letters have no time: what never reached AWS does not count. */
    private long[] ends(int partition) {
        long[] ends = new long[evidence.workload().records()];
        Arrays.fill(ends, Long.MAX_VALUE);
        Track track = evidence.track(partition);
        for (int row = 0; row < track.rows(); row++) {
            if (track.fate(row) == Fate.TAKEN) {
                int number = track.number(row);
                ends[number] = Math.min(ends[number], since(evidence.journal().answered(track.request(row))));
            }
        }
        long latest = Long.MIN_VALUE;
        for (int number = 0; number < ends.length; number++) {
            latest = ends[number] == Long.MAX_VALUE ? latest : Math.max(latest, ends[number]);
            ends[number] = latest;
        }
        return ends;
    }

    /** Comparable, as {@link System#nanoTime()} is not. */
    private long since(long nanoTime) {
        return nanoTime - evidence.began();
    }
}
