package dev.kafila.mapping.store;

import dev.kafila.mapping.Observation;
import dev.kafila.mapping.scale.Load;
import java.util.Collection;

/** What instances saw of a mapping since the last decision about its pollers. */
final class Samples {
    private int count;
    private double busy;
    private boolean throttled;
    private long lag;
    private int partitions;

    /** @param seen at one moment, by all instances */
    void add(Collection<Observation> seen) {
        partitions = Math.max(
                partitions,
                seen.stream().mapToInt(Observation::partitions).max().orElse(0));
        throttled |= seen.stream().anyMatch(Observation::throttled);
        int pollers = seen.stream().mapToInt(Observation::pollers).sum();
        if (pollers == 0) {
            return;
        }
        lag = seen.stream().mapToLong(Observation::lag).sum();
        busy += seen.stream()
                        .mapToDouble(observation -> observation.busy() * observation.pollers())
                        .sum()
                / pollers;
        count++;
    }

    /** Whether pollers ran at all. */
    boolean isEmpty() {
        return count == 0;
    }

    int partitions() {
        return partitions;
    }

    Load load() {
        return new Load(lag, busy / count, throttled, partitions);
    }
}
