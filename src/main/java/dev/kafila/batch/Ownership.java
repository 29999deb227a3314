package dev.kafila.batch;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/** Whether brokers answer this member, and whether it is known to own its partitions: the coordinator answered a heartbeat less than a session ago. */
final class Ownership {
    private final Metric heartbeats;
    private final Metric connections;
    private final Metric logins;
    private final long sessionNanos;
    private double answered;
    private long lastAnswer;

    /** @param client whose counter of answered heartbeats is read; one without that counter is trusted */
    Ownership(Consumer<?, ?> client, Duration session) {
        this.heartbeats = metric(client, "consumer-coordinator-metrics", "heartbeat-total");
        this.connections = metric(client, "consumer-metrics", "connection-count");
        this.logins = metric(client, "consumer-metrics", "successful-authentication-total");
        this.sessionNanos = session.toNanos();
        confirmed();
    }

    private static Metric metric(Consumer<?, ?> client, String group, String name) {
        return client.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(name)
                        && metric.metricName().group().equals(group))
                .findFirst()
                .orElse(null);
    }

    private static double value(Metric metric) {
        return ((Number) metric.metricValue()).doubleValue();
    }

    /** Whether there is a connection to a broker, and there was one on which it could log in. On any thread. */
    boolean isConnected() {
        return connections == null || logins == null || (value(connections) > 0 && value(logins) > 0);
    }

    /** The group has just assigned partitions to this member. */
    void confirmed() {
        lastAnswer = System.nanoTime();
    }

    boolean isKnown() {
        if (heartbeats == null) {
            return true;
        }
        double now = value(heartbeats);
        if (now != answered) {
            answered = now;
            confirmed();
        }
        return System.nanoTime() - lastAnswer < sessionNanos;
    }
}
