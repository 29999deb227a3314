package dev.kafila.faults.proof;

import dev.kafila.sandbox.SandboxBroker;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.errors.RetriableException;

/** Asks again and again what the groups have committed. While the broker is away the answer comes late. */
final class OffsetWatch implements Runnable {
    private static final long INTERVAL_NANOS = 250_000_000;

    private final SandboxBroker broker;
    private final Workload workload;
    private final List<Offsets> samples = new ArrayList<>();
    private final Map<Flow, Map<Integer, Long>> latest = new EnumMap<>(Flow.class);

    OffsetWatch(SandboxBroker broker, Workload workload) {
        this.broker = broker;
        this.workload = workload;
    }

    /** Goes on until it is interrupted. */
    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            look();
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
    }

    /** Takes one more sample of each group. */
    void look() {
        for (Flow flow : Flow.values()) {
            try {
                add(flow, committed(flow));
            } catch (IllegalStateException e) {
                requireOutage(e);
            }
        }
    }

    /** A broker that comes back does not know its groups at once. */
    private static void requireOutage(IllegalStateException problem) {
        boolean outage =
                problem.getCause() instanceof RetriableException || problem.getCause() instanceof InterruptedException;
        if (!outage) {
            throw problem;
        }
    }

    private Map<Integer, Long> committed(Flow flow) {
        Map<Integer, Long> partitions = new TreeMap<>();
        broker.committed(flow.group()).forEach((partition, offset) -> partitions.put(partition.partition(), offset));
        return partitions;
    }

    private synchronized void add(Flow flow, Map<Integer, Long> partitions) {
        samples.add(new Offsets(flow, System.nanoTime(), partitions));
        latest.put(flow, partitions);
    }

    synchronized List<Offsets> samples() {
        return List.copyOf(samples);
    }

    /** Whether every group has committed the end of every partition. */
    synchronized boolean isDone() {
        return latest.size() == Flow.values().length
                && latest.values().stream()
                        .allMatch(offsets -> offsets.size() == workload.partitions()
                                && offsets.values().stream().allMatch(offset -> offset == workload.records()));
    }
}
