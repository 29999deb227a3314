package dev.kafila.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a consumer batches and what it does with failures, checked.
 *
 * @param batchSize     records of a batch at most
 * @param batchBytes    bytes of a batch at most; one record is always a batch, however large
 * @param linger        how long the first record of a batch waits for more
 * @param bufferBytes   bound of everything that one member buffers
 * @param maxInFlight   calls that one member has out at most
 * @param drainTimeout  how long calls that are out may take to finish on a stop or a revoke
 * @param probeInterval how long a partition stopped by configuration waits before the next try
 */
record BatchOptions(
        int batchSize,
        long batchBytes,
        Duration linger,
        long bufferBytes,
        int maxInFlight,
        FailureAction onFailure,
        StartingPosition startingPosition,
        Duration drainTimeout,
        Duration probeInterval) {

    /** Lambda's event source mappings take as many. */
    private static final int MOST_RECORDS = 10_000;

    BatchOptions {
        List<String> problems = new ArrayList<>();
        check(problems, batchSize >= 1 && batchSize <= MOST_RECORDS, "batchSize", batchSize, "1 to " + MOST_RECORDS);
        check(problems, batchBytes >= 1, "batchBytes", batchBytes, "1 or more");
        check(problems, !linger.isNegative(), "lingerMs", linger.toMillis(), "0 or more");
        check(problems, bufferBytes >= 1 << 20, "bufferBytes", bufferBytes, "1048576 (1 MiB) or more");
        check(problems, maxInFlight >= 1, "maxInFlight", maxInFlight, "1 or more");
        check(problems, !drainTimeout.isNegative(), "drainTimeout", drainTimeout, "0 or more");
        check(problems, probeInterval.toMillis() >= 1, "probeInterval", probeInterval, "1 ms or more");
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private static void check(List<String> problems, boolean right, String option, Object value, String range) {
        if (!right) {
            problems.add(option + "=" + value + " must be " + range);
        }
    }
}
