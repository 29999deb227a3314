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

    private static final int PARTITIONS = 8;
    private static final int INSTANCES = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    Plan {
        faults = List.copyOf(faults);
        before = List.copyOf(before);
    }

    /**
     * A run of the jar as it is, of eight partitions and two instances.
     *
     * @param seed    of records and faults
     * @param records of all partitions together
     * @param rate    records a second, over all partitions
     * @param faults  how many
     * @param poison  one record of so many cannot be delivered
     */
    static Plan of(long seed, int records, int rate, int faults, int poison, Path directory) {
        Workload workload = new Workload(seed, PARTITIONS, records / PARTITIONS, poison, 5 * poison);
        Duration lasts = Duration.ofSeconds(records / rate);
        return new Plan(workload, rate, Schedule.of(seed, lasts, faults), INSTANCES, List.of(), directory, PATIENCE);
    }
}
