package dev.kafila.pipeline;

import dev.kafila.record.SourceUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a sink can read its records, or waits for what converters and transforms need, such as a schema registry; for readiness,
 * liveness is not concerned.
 */
public final class SourceState extends AbstractHealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(SourceState.class);

    /** How long one more attempt to read may take. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Duration kept;
    private final InstantSource clock;
    private final ConcurrentMap<TopicPartition, Wait> waits = new ConcurrentHashMap<>();

    /** @param until when it is forgotten: then another member of the group has the partition */
    private record Wait(String reason, Instant until) {}

    /**
     * Makes the state of a sink that can read.
     *
     * @param sink         tells it from others of the same process
     * @param longestDelay between two attempts
     */
    public SourceState(String sink, Duration longestDelay) {
        this(sink, longestDelay, InstantSource.system());
    }

    SourceState(String sink, Duration longestDelay, InstantSource clock) {
        super("kafila", "sources-" + sink);
        kept = longestDelay.plus(PATIENCE);
        this.clock = clock;
    }

    /** The record's partition waits; whoever finds out logs it. */
    void waits(ConsumerRecord<?, ?> record, SourceUnavailableException reason) {
        waits.put(
                partition(record), new Wait(reason.getMessage(), clock.instant().plus(kept)));
    }

    /** The record's partition goes on. */
    void reads(ConsumerRecord<?, ?> record) {
        // Asked of every record, and hardly ever true.
        if (!waits.isEmpty() && waits.remove(partition(record)) != null) {
            LOG.info("{}-{} can be read again", record.topic(), record.partition());
        }
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Instant now = clock.instant();
        waits.values().removeIf(wait -> wait.until().isBefore(now));
        builder.detail("partitions", waits.size());
        waits.values().stream()
                .map(Wait::reason)
                .sorted()
                .findFirst()
                .ifPresentOrElse(reason -> builder.message(reason).down(), builder::up);
    }
}
