package dev.kafila.bench;

import dev.kafila.faults.Usage;

/**
 * What one drain told.
 *
 * @param startedMs when the process was started, in milliseconds since 1970
 * @param first     what had arrived when the process was looked at for the first time after its first delivery
 * @param atFirst   what it had used by then
 * @param atEnd     what it had used when everything had arrived
 * @param arrivals  all that arrived, up to the end of the process
 */
record DrainFigures(
        Setup setup, long startedMs, ArrivalStats first, Usage atFirst, Usage atEnd, ArrivalStats arrivals) {
    private static final double MILLION = 1e6;
    private static final double MILLIS = 1e3;

    double recordsPerSecond() {
        return arrivals.recordsPerSecond();
    }

    /** Of the process, between its first delivery and its last; 0 where the system does not tell. */
    double cpuSecondsPerMillion() {
        long records = arrivals.records() - first.records();
        double seconds = atEnd.cpu().minus(atFirst.cpu()).toNanos() / 1e9;
        return records == 0 ? 0 : seconds * MILLION / records;
    }

    /** From the start of the process to its first delivery. */
    double secondsToFirstDelivery() {
        return (arrivals.firstMs() - startedMs) / MILLIS;
    }

    double cpuSecondsToFirstDelivery() {
        return atFirst.cpu().toNanos() / 1e9;
    }

    double peakResidentMegabytes() {
        return atEnd.peakResidentBytes() / MILLION;
    }

    long recordsOfRequest() {
        return Math.max(1, Math.round((double) arrivals.records() / Math.max(1, arrivals.requests())));
    }

    /** Records that did not arrive; 0 unless identities were looked at. */
    long missing() {
        return setup.check() ? setup.backlog().records() - arrivals.unique() : 0;
    }
}
