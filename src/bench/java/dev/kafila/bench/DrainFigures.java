package dev.kafila.bench;

import java.util.OptionalDouble;

/**
 * What one drain told.
 *
 * @param startedMs when the process was started, in milliseconds since 1970
 * @param first     at the process, for the first time after its first delivery
 * @param warm      when it had carried for as long as the SDK has to warm up
 * @param last      when everything had arrived
 * @param arrivals  all that arrived, up to the end of the process
 */
record DrainFigures(Setup setup, long startedMs, Look first, Look warm, Look last, ArrivalStats arrivals) {
    private static final double MILLION = 1e6;
    private static final double MILLIS = 1e3;

    double recordsPerSecond() {
        return arrivals.recordsPerSecond();
    }

    /** Since it was warm; empty if it was too near its end. */
    OptionalDouble warmRecordsPerSecond() {
        return arrivals.recordsPerSecondSince(warm.arrivals());
    }

    /** Of the process, between its first delivery and its last; 0 where the system does not tell. */
    double cpuSecondsPerMillion() {
        return last.cpuSecondsPerMillionSince(first);
    }

    /** Since it was warm; empty if it was too near its end. */
    OptionalDouble warmCpuSecondsPerMillion() {
        return warmRecordsPerSecond().isPresent()
                ? OptionalDouble.of(last.cpuSecondsPerMillionSince(warm))
                : OptionalDouble.empty();
    }

    /** From the start of the process to its first delivery. */
    double secondsToFirstDelivery() {
        return (arrivals.firstMs() - startedMs) / MILLIS;
    }

    double peakResidentMegabytes() {
        return last.used().peakResidentBytes() / MILLION;
    }

    long recordsOfRequest() {
        return Math.max(1, Math.round((double) arrivals.records() / Math.max(1, arrivals.requests())));
    }

    /** Records that did not arrive; 0 unless identities were looked at. */
    long missing() {
        return setup.check() ? setup.backlog().records() - arrivals.unique() : 0;
    }
}
