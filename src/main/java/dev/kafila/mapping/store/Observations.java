package dev.kafila.mapping.store;

import dev.kafila.mapping.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What of this instance's observations the others do not know yet. Not thread-safe. */
final class Observations {
    private static final long SOON_NANOS = Duration.ofSeconds(1).toNanos();

    private final String instance;
    private final long laterNanos;
    private final Map<String, Told> told = new HashMap<>();

    private record Told(Observation observation, long nanos) {}

    /** @param later least time between two that differ in numbers only */
    Observations(String instance, Duration later) {
        this.instance = instance;
        laterNanos = later.toNanos();
    }

    /**
     * What is to be told now.
     *
     * @param known of this instance's own, by mapping, as the log has them
     */
    List<Write> next(Collection<Observation> seen, Map<String, Observation> known, long nanos) {
        List<Write> writes = new ArrayList<>();
        for (Observation observation : seen) {
            Told before = told.get(observation.uuid());
            boolean forgotten = !known.containsKey(observation.uuid());
            if (isDue(observation, before, forgotten, nanos)) {
                writes.add(new Write(key(observation.uuid()), StoreJson.observation(observation)));
                told.put(observation.uuid(), new Told(observation, nanos));
            }
        }
        Set<String> still = seen.stream().map(Observation::uuid).collect(Collectors.toSet());
        told.keySet().retainAll(still);
        known.keySet().stream()
                .filter(uuid -> !still.contains(uuid))
                .forEach(uuid -> writes.add(Write.deletion(key(uuid))));
        return writes;
    }

    /** After a write that may not have arrived. */
    void tellAgain() {
        told.clear();
    }

    private StoreKey.Seen key(String uuid) {
        return new StoreKey.Seen(uuid, instance);
    }

    private boolean isDue(Observation now, Told before, boolean forgotten, long nanos) {
        if (before == null) {
            return true;
        }
        long since = nanos - before.nanos();
        boolean differs = !now.equals(before.observation());
        if (!withoutNumbers(now).equals(withoutNumbers(before.observation()))) {
            return since >= SOON_NANOS;
        }
        return since >= laterNanos && (differs || forgotten);
    }

    private static Observation withoutNumbers(Observation of) {
        return new Observation(
                of.uuid(),
                of.version(),
                of.pollers(),
                of.partitions(),
                0,
                0,
                of.throttled(),
                of.reason(),
                of.lastResult());
    }
}
