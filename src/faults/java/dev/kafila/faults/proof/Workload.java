package dev.kafila.faults.proof;

import java.util.EnumMap;
import java.util.Map;

/**
 * Which records there are, the same for the same seed.
 *
 * @param records    of each partition
 * @param poison     one record of so many cannot be delivered
 * @param oversize   one record of so many is larger than a request
 */
record Workload(long seed, int partitions, int records, int poison, int oversize) {
    static final String TOPIC = "orders";

    /** What the record is, by its place alone. */
    Kind kind(RecordId id) {
        long hash = mix(seed ^ mix(((long) id.partition() << 32) | id.number()));
        if (Math.floorMod(hash, oversize) == 0) {
            return Kind.OVERSIZE;
        }
        return Math.floorMod(hash >>> 20, poison) == 0 ? Kind.POISON : Kind.GOOD;
    }

    /** How many there are of each kind. */
    Map<Kind, Long> counts() {
        Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            counts.put(kind, 0L);
        }
        for (int partition = 0; partition < partitions; partition++) {
            for (int number = 0; number < records; number++) {
                counts.merge(kind(new RecordId(partition, number)), 1L, Long::sum);
            }
        }
        return counts;
    }

    long total() {
        return (long) partitions * records;
    }

    /** The finalizer of SplitMix64: neighbours get unrelated values. */
    private static long mix(long value) {
        long first = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        long second = (first ^ (first >>> 27)) * 0x94d049bb133111ebL;
        return second ^ (second >>> 31);
    }
}
