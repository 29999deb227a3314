package dev.kafila.mapping.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Mapping.Wanted;
import dev.kafila.mapping.Observation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

class PollerMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PollerMeters meters = new PollerMeters(List.of(registry));
    private final Mapping mapping = new Mapping(
            1,
            Wanted.ENABLED,
            EventSourceMappingConfiguration.builder().uuid("u").functionArn("f").build(),
            Map.of());

    @Test
    void pollersAreShownAsTheyAreWantedAndAsTheyRun() {
        meters.show(Map.of(mapping, 3), List.of());
        assertThat(pollers("wanted")).isEqualTo(3);
        assertThat(pollers("running")).isZero();

        meters.show(Map.of(mapping, 3), List.of(new Observation("u", 1, 2, 8, 0, 0, false, null, null)));

        assertThat(pollers("running")).isEqualTo(2);
    }

    @Test
    void aMappingThatDoesNotRunHereIsNotShown() {
        meters.show(Map.of(mapping, 3), List.of());

        meters.show(Map.of(), List.of());

        assertThat(registry.getMeters()).isEmpty();
    }

    private double pollers(String kind) {
        return registry.get("kafila.mapping.pollers")
                .tags("uuid", "u", "function", "f", "pollers", kind)
                .gauge()
                .value();
    }
}
