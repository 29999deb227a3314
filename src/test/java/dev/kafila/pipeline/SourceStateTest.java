package dev.kafila.pipeline;

import static dev.kafila.record.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.record.SourceUnavailableException;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.health.HealthCheck;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Test;

class SourceStateTest {
    private static final ConsumerRecord<byte[], byte[]> RECORD = record(7, "k", "v");

    private Instant now = Instant.EPOCH;
    private final SourceState state = new SourceState("orders", Duration.ofMinutes(1), () -> now);

    @Test
    void itIsDownWithTheReasonFromAWaitUntilThePartitionGoesOn() {
        assertThat(state.call().getState()).isEqualTo(HealthCheck.State.UP);

        away();

        assertThat(state.call().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(state.call().getMessage()).hasValueSatisfying(message -> assertThat(message)
                .contains("orders-0@7", "registry.example cannot be reached"));
        state.reads(record(7, "k", "v"));
        assertThat(state.call().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void anotherPartitionThatGoesOnProvesNothing() {
        away();

        state.reads(new ConsumerRecord<>("orders", 1, 7, new byte[0], new byte[0]));

        assertThat(state.call().getState()).isEqualTo(HealthCheck.State.DOWN);
    }

    /** Nobody tells a sink that a partition was taken away; but nobody asks for its records any more either. */
    @Test
    void aPartitionThatIsNoLongerAskedForIsForgotten() {
        away();
        now = now.plus(Duration.ofMinutes(2));
        away();

        now = now.plus(Duration.ofMinutes(2));
        assertThat(state.call().getState()).isEqualTo(HealthCheck.State.DOWN);
        now = now.plus(Duration.ofMinutes(2));
        assertThat(state.call().getState()).isEqualTo(HealthCheck.State.UP);
    }

    private void away() {
        state.waits(
                RECORD,
                new SourceUnavailableException(
                        RECORD, "a converter", new RetriableException("registry.example cannot be reached")));
    }
}
