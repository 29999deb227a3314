package dev.kafila.bench;

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

    /** From the first arrival to that of 90 % of the records, or to the last if there are fewer; 0 if no time lies between them. */
    double recordsPerSecond() {
        return mostMs == 0 ? recordsPerSecondToTheEnd() : rate(mostRecords, mostMs);
    }

    /** From the first arrival to the last. */
    double recordsPerSecondToTheEnd() {
        return rate(records, lastMs);
    }

    private double rate(long until, long atMs) {
        return atMs <= firstMs ? 0 : (until - firstRecords) * 1000.0 / (atMs - firstMs);
    }
}
