package dev.kafila.bench;

import dev.kafila.faults.Usage;

/** What had arrived of a process at one time, and what it had used by then. */
record Look(ArrivalStats arrivals, Usage used) {
    private static final double MILLION = 1e6;

    /** Of the process, between an earlier look and this one; 0 where the system does not tell, and where nothing arrived in between. */
    double cpuSecondsPerMillionSince(Look earlier) {
        long records = arrivals.records() - earlier.arrivals.records();
        double seconds = used.cpu().minus(earlier.used.cpu()).toNanos() / 1e9;
        return records == 0 ? 0 : seconds * MILLION / records;
    }
}
