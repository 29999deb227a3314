package dev.kafila.faults.proof;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a run is to do.
 *
 * @param rate      records a second, over all partitions
 * @param faults    in the order of their times
 * @param instances that run at the same time, unless a fault says otherwise
 * @param before    what is on the class path of the instances before the jar; empty: the jar as it is
 * @param directory for what the instances leave behind
 * @param patience  how long the groups may take to commit the ends when everything is written
 */
record Plan(
        Workload workload,
        int rate,
        List<Fault> faults,
        int instances,
        List<Path> before,
        Path directory,
        Duration patience) {

    Plan {
        faults = List.copyOf(faults);
        before = List.copyOf(before);
    }
}
