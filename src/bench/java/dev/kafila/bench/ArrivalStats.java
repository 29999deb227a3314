package dev.kafila.bench;

import java.util.OptionalDouble;

/**
 * What arrived at the endpoint since it was told to begin. Times are milliseconds since 1970, 0 before it happened.
 *
 * @param firstMs      when the first request had come
 * @param firstRecords records of that request
 * @param mostMs       when 90 % of the expected records had come
 * @param mostRecords  how many had come by then
 * @param lastMs       when the last request had come
 * @param unique       different records; 0 unless identities are looked at
 * @param duplicates   records that came again; 0 unless identities are looked at
 */
record ArrivalStats(
        long requests,
        long records,
        long bytes,
        long firstMs,
        long firstRecords,
        long mostMs,
        long mostRecords,
        long lastMs,
        long unique,
        long duplicates) {

    private static final long SHORTEST_MS = 500;

    /** From the first arrival to that of 90 % of the records, or to the last if there are fewer; 0 if no time lies between them. */
    double recordsPerSecond() {
        return untilMs() <= firstMs ? 0 : rate(firstRecords, firstMs);
    }

    /** As {@link #recordsPerSecond}, from what had arrived earlier on; empty if less than half a second lies between. */
    OptionalDouble recordsPerSecondSince(ArrivalStats earlier) {
        return untilMs() - earlier.lastMs < SHORTEST_MS
                ? OptionalDouble.empty()
                : OptionalDouble.of(rate(earlier.records, earlier.lastMs));
    }

    private double rate(long since, long sinceMs) {
        return (until() - since) * 1000.0 / (untilMs() - sinceMs);
    }

    private long until() {
        return mostMs == 0 ? records : mostRecords;
    }

    private long untilMs() {
        return mostMs == 0 ? lastMs : mostMs;
    }
}
