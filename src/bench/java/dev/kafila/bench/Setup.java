package dev.kafila.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One drain: what varies from one to the next.
 *
 * @param batchSize   most records of a batch
 * @param maxInFlight most batches (Lambda) or requests (EventBridge) out at once
 * @param latencyMs   how long the endpoint waits before each answer
 * @param check       whether the endpoint looks at the identity of each record, which slows it down
 */
record Setup(Flow flow, Backlog backlog, int batchSize, int maxInFlight, int latencyMs, boolean check) {
    static final int BATCH_SIZE = 500;

    private static final long LARGE_BATCH = 1 << 20;

    /** A flow as it is unless somebody says otherwise, but for the size of Lambda's batches, which is EventBridge's. */
    static Setup of(Flow flow, Backlog backlog, int latencyMs) {
        return new Setup(flow, backlog, BATCH_SIZE, flow.maxInFlight(), latencyMs, false);
    }

    Setup withInFlight(int batchesOrRequests) {
        return new Setup(flow, backlog, batchSize, batchesOrRequests, latencyMs, check);
    }

    Setup withBatchSize(int most) {
        return new Setup(flow, backlog, most, maxInFlight, latencyMs, check);
    }

    /** With a look at the identity of each record. */
    Setup checked() {
        return new Setup(flow, backlog, batchSize, maxInFlight, latencyMs, true);
    }

    /** The most requests that are really out at once: a partition has one batch of Lambda's out at a time. */
    int concurrency() {
        return flow.lambda() ? Math.min(backlog.partitions(), maxInFlight) : maxInFlight;
    }

    /** Whether the README's small heap and its buffer are enough: batches stay below 1 MiB. */
    boolean small() {
        return (long) backlog.bytes() * batchSize < LARGE_BATCH;
    }

    /** The JVM's heap, as the README says. */
    List<String> heap() {
        return small() ? List.of("-Xmx200m", "-Xmn116m") : List.of("-Xmx512m");
    }

    /** The flow's part of {@code application.properties}. */
    Map<String, String> settings(String group) {
        Map<String, String> own = new HashMap<>(Map.of(
                "topics", backlog.topic(),
                "group", group,
                "batch-size", String.valueOf(batchSize),
                "max-in-flight", String.valueOf(maxInFlight)));
        if (small()) {
            own.put("buffer-bytes", "24 MiB");
        }
        return flow.settings(own);
    }

    @Override
    public String toString() {
        return "%s, %d partitions, %d bytes, batches of %d, %d in flight, %d ms%s"
                .formatted(
                        flow.title(),
                        backlog.partitions(),
                        backlog.bytes(),
                        batchSize,
                        maxInFlight,
                        latencyMs,
                        check ? ", checked" : "");
    }
}
