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
    private final Map<String, Since> mappings = new HashMap<>();

    /** What was seen of a mapping since it was told last. */
    private static final class Since {
        private Observation told;
        private long toldAt;
        private int count;
        private double busy;
        private boolean throttled;

        Observation add(Observation now) {
            count++;
            busy += now.busy();
            throttled |= now.throttled();
            return new Observation(
                    now.uuid(),
                    now.version(),
                    now.pollers(),
                    now.partitions(),
                    now.lag(),
                    // More digits would make news of noise.
                    Math.round(100 * busy / count) / 100.0,
                    throttled,
                    now.reason(),
                    now.lastResult());
        }

        void tell(Observation what, long nanos) {
            told = what;
            toldAt = nanos;
            count = 0;
            busy = 0;
            throttled = false;
        }
    }

    /**
     * Nothing was told yet.
     *
     * @param later least time between two that differ in numbers only
     */
    Observations(String instance, Duration later) {
        this.instance = instance;
        laterNanos = later.toNanos();
    }

    /**
     * What is to be told now.
     *
     * @param seen  since this was asked last
     * @param known mappings of which the log has an observation of this instance
     */
    List<Write> next(Collection<Observation> seen, Collection<String> known, long nanos) {
        List<Write> writes = new ArrayList<>();
        for (Observation observation : seen) {
            Since since = mappings.computeIfAbsent(observation.uuid(), unknown -> new Since());
            Observation all = since.add(observation);
            if (isDue(all, since, known.contains(observation.uuid()), nanos)) {
                writes.add(new Write(key(observation.uuid()), StoreJson.observation(all)));
                since.tell(all, nanos);
            }
        }
        Set<String> still = seen.stream().map(Observation::uuid).collect(Collectors.toSet());
        mappings.keySet().retainAll(still);
        known.stream().filter(uuid -> !still.contains(uuid)).forEach(uuid -> writes.add(Write.deletion(key(uuid))));
        return writes;
    }

    /** After a write that may not have arrived. */
    void tellAgain() {
        mappings.clear();
    }

    private StoreKey.Seen key(String uuid) {
        return new StoreKey.Seen(uuid, instance);
    }

    private boolean isDue(Observation now, Since since, boolean known, long nanos) {
        if (since.told == null) {
            return true;
        }
        long passed = nanos - since.toldAt;
        if (!withoutNumbers(now).equals(withoutNumbers(since.told))) {
            return passed >= SOON_NANOS;
        }
        return passed >= laterNanos && !(known && now.equals(since.told));
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
