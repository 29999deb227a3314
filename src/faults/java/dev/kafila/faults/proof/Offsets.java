package dev.kafila.faults.proof;

import java.util.Map;

/**
 * What a group had committed at a moment.
 *
 * @param at         when the broker had answered, by {@link System#nanoTime()}: what it told was committed by then
 * @param partitions committed offset by partition of the workload; those without one are missing
 */
record Offsets(Flow flow, long at, Map<Integer, Long> partitions) {

    Offsets {
        partitions = Map.copyOf(partitions);
    }
}
