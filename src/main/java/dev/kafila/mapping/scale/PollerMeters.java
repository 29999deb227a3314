package dev.kafila.mapping.scale;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Observation;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows the pollers of this instance as metrics: {@code kafila_mapping_pollers} by mapping and function, those that are wanted and those
 * that run. Used by one thread.
 */
public final class PollerMeters {
    private final List<MultiGauge> gauges;
    private Map<Tags, Integer> shown = Map.of();

    /** @param registries wherever there is one */
    public PollerMeters(Collection<MeterRegistry> registries) {
        gauges = registries.stream()
                .map(registry -> MultiGauge.builder("kafila.mapping.pollers")
                        .description("Pollers of an event source mapping on this instance")
                        .register(registry))
                .toList();
    }

    /**
     * Replaces what was shown.
     *
     * @param wanted pollers of each mapping here
     * @param seen   of what runs here, or is still ending
     */
    public void show(Map<Mapping, Integer> wanted, Collection<Observation> seen) {
        Map<String, Integer> running = new HashMap<>();
        seen.forEach(observation -> running.put(observation.uuid(), observation.pollers()));
        Map<Tags, Integer> pollers = new HashMap<>();
        wanted.forEach((mapping, number) -> {
            Tags tags = Tags.of(
                    "uuid", mapping.uuid(), "function", mapping.configuration().functionArn());
            pollers.put(tags.and("pollers", "wanted"), number);
            pollers.put(tags.and("pollers", "running"), running.getOrDefault(mapping.uuid(), 0));
        });
        if (!pollers.equals(shown)) {
            shown = pollers;
            gauges.forEach(gauge -> gauge.register(rows(pollers), true));
        }
    }

    private static List<Row<?>> rows(Map<Tags, Integer> pollers) {
        List<Row<?>> rows = new ArrayList<>();
        pollers.forEach((tags, number) -> rows.add(Row.of(tags, number)));
        return rows;
    }
}
