package dev.kafila.bench;

import java.util.function.LongSupplier;

/** Counts what arrives at the endpoint. For one thread. */
final class Arrivals {
    private static final double MOST = 0.9;

    private final long expected;
    private final Identities identities;
    private final LongSupplier clock;
    private long requests;
    private long records;
    private long bytes;
    private long firstMs;
    private long firstRecords;
    private long mostMs;
    private long mostRecords;
    private long lastMs;

    /**
     * Begins at nothing.
     *
     * @param expected how many records there will be
     * @param check    whether identities are looked at
     * @param clock    in milliseconds since 1970
     */
    Arrivals(long expected, boolean check, LongSupplier clock) {
        this.expected = expected;
        this.identities = check ? new Identities() : null;
        this.clock = clock;
    }

    /** Whether {@link #identify} wants the bytes. */
    boolean checks() {
        return identities != null;
    }

    void identify(byte[] request) {
        identities.add(request);
    }

    void add(int recordsOfRequest, long bytesOfRequest) {
        lastMs = clock.getAsLong();
        requests++;
        records += recordsOfRequest;
        bytes += bytesOfRequest;
        if (requests == 1) {
            firstMs = lastMs;
            firstRecords = records;
        }
        if (mostMs == 0 && records >= expected * MOST) {
            mostMs = lastMs;
            mostRecords = records;
        }
    }

    ArrivalStats stats() {
        return new ArrivalStats(
                requests,
                records,
                bytes,
                firstMs,
                firstRecords,
                mostMs,
                mostRecords,
                lastMs,
                checks() ? identities.unique() : 0,
                checks() ? identities.duplicates() : 0);
    }
}
