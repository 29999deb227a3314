package dev.kafila.mapping.store;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Observation;
import dev.kafila.mapping.Pollers;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Pollers that run as soon as they are asked for, and say what a test wants them to. */
final class FakePollers implements Pollers {
    private final Map<String, Observation> ending = new TreeMap<>();
    private Map<Mapping, Integer> running = Map.of();
    private boolean lingering;
    private String reason;
    private String lastResult;
    private Load load = new Load(0, 0, false);

    record Load(long lag, double busy, boolean throttled) {}

    @Override
    public synchronized void run(Map<Mapping, Integer> pollers) {
        if (lingering) {
            observe().stream()
                    .filter(observation -> pollers.keySet().stream()
                            .noneMatch(mapping -> mapping.uuid().equals(observation.uuid())))
                    .forEach(observation -> ending.put(observation.uuid(), observation));
        }
        running = Map.copyOf(pollers);
    }

    @Override
    public synchronized Collection<Observation> observe() {
        Map<String, Observation> seen = new TreeMap<>(ending);
        running.forEach((mapping, number) -> seen.put(
                mapping.uuid(),
                new Observation(
                        mapping.uuid(),
                        mapping.version(),
                        reason == null ? number : 0,
                        8,
                        load.lag(),
                        load.busy(),
                        load.throttled(),
                        reason,
                        lastResult)));
        return seen.values();
    }

    /** From now on pollers that are to end take their time. */
    synchronized void linger() {
        lingering = true;
    }

    /** Those that took their time have ended. */
    synchronized void end() {
        lingering = false;
        ending.clear();
    }

    synchronized void problem(String why) {
        reason = why;
    }

    synchronized void result(String result) {
        lastResult = result;
    }

    synchronized void load(long lag, double busy, boolean throttled) {
        load = new Load(lag, busy, throttled);
    }

    /** Pollers of each mapping by its id. */
    synchronized Map<String, Integer> running() {
        return running.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().uuid(), Map.Entry::getValue));
    }

    synchronized int running(Mapping mapping) {
        return running().getOrDefault(mapping.uuid(), 0);
    }
}
