package dev.kafila.mapping.metrics;

import dev.kafila.batch.Ledger;
import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Observation;
import dev.kafila.mapping.Pollers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Pollers whose mappings have metrics, from the time that they run here until they have ended. */
public final class MeteredPollers implements Pollers {
    private final Pollers pollers;
    private final Ledger ledger;
    private final Collection<MeterRegistry> registries;
    private final UnaryOperator<String> routes;
    private final Map<Tags, List<MappingMeters>> meters = new HashMap<>();
    private Map<String, Tags> shown = Map.of();
    private Set<String> running = Set.of();

    /**
     * Makes them.
     *
     * @param routes id of a mapping's route by the mapping's UUID
     */
    public MeteredPollers(
            Pollers pollers, Ledger ledger, Collection<MeterRegistry> registries, UnaryOperator<String> routes) {
        this.pollers = pollers;
        this.ledger = ledger;
        this.registries = List.copyOf(registries);
        this.routes = routes;
    }

    @Override
    public void run(Map<Mapping, Integer> numbers) {
        pollers.run(numbers);
        Map<String, Tags> now = new HashMap<>();
        numbers.forEach((mapping, number) -> {
            if (number > 0) {
                now.put(
                        mapping.uuid(),
                        Tags.of(
                                "uuid",
                                mapping.uuid(),
                                "function",
                                mapping.configuration().functionArn()));
            }
        });
        show(now);
    }

    /** Not asked for metrics: what is observed is what was since it was asked for last. */
    @Override
    public synchronized Collection<Observation> observe() {
        Collection<Observation> seen = pollers.observe();
        running = seen.stream().map(Observation::uuid).collect(Collectors.toUnmodifiableSet());
        return seen;
    }

    private synchronized void show(Map<String, Tags> wanted) {
        Map<String, Tags> now = new HashMap<>(wanted);
        // What drains is counted to its end.
        shown.forEach((uuid, tags) -> {
            if (running.contains(uuid)) {
                now.putIfAbsent(uuid, tags);
            }
        });
        shown = Map.copyOf(now);
        Set<Tags> tags = Set.copyOf(shown.values());
        meters.entrySet().removeIf(entry -> {
            boolean gone = !tags.contains(entry.getKey());
            if (gone) {
                entry.getValue().forEach(MappingMeters::close);
            }
            return gone;
        });
        shown.forEach((uuid, named) -> meters.computeIfAbsent(named, key -> meters(uuid, key)));
    }

    private List<MappingMeters> meters(String uuid, Tags tags) {
        List<MappingMeters> made = new ArrayList<>();
        registries.forEach(registry -> made.add(new MappingMeters(registry, ledger, routes.apply(uuid), tags)));
        return made;
    }
}
