package dev.kafila.batch;

import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.kafka.common.TopicPartition;

/** Not ready while a partition is stopped or a member cannot consume; alive all the same. */
final class KafkaBatchHealthCheck extends AbstractHealthCheck {
    private final KafkaBatchConsumer consumer;

    KafkaBatchHealthCheck(KafkaBatchConsumer consumer) {
        super("camel", "consumer:" + consumer.getRouteId());
        this.consumer = consumer;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        String route = consumer.flow();
        List<String> problems = consumer.problems();
        Map<TopicPartition, String> stopped = consumer.stoppedPartitions();
        builder.detail("route.id", route);
        stopped.forEach((partition, reason) -> builder.detail("stopped." + partition, reason));
        if (problems.isEmpty() && stopped.isEmpty()) {
            builder.up();
            return;
        }
        builder.down();
        builder.message(
                problems.isEmpty()
                        ? "stopped: " + stopped
                        : "the consumer of " + route + " " + String.join("; ", problems));
    }
}
