package dev.kafila.batch;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/** Whether this member is known to own its partitions: the coordinator answered a heartbeat less than a session ago. */
final class Ownership {
    private final Metric heartbeats;
    private final long sessionNanos;
    private double answered;
    private long lastAnswer;

    /** @param client whose counter of answered heartbeats is read; one without that counter is trusted */
    Ownership(Consumer<?, ?> client, Duration session) {
        this.heartbeats = client.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("heartbeat-total")
                        && metric.metricName().group().equals("consumer-coordinator-metrics"))
                .findFirst()
                .orElse(null);
        this.sessionNanos = session.toNanos();
        confirmed();
    }

    /** The group has just assigned partitions to this member. */
    void confirmed() {
        lastAnswer = System.nanoTime();
    }

    boolean isKnown() {
        if (heartbeats == null) {
            return true;
        }
        double now = ((Number) heartbeats.metricValue()).doubleValue();
        if (now != answered) {
            answered = now;
            confirmed();
        }
        return System.nanoTime() - lastAnswer < sessionNanos;
    }
}
