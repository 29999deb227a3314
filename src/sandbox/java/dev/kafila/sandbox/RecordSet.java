package dev.kafila.sandbox;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** A set of records, each known by topic, partition and offset. Safe for use by several threads. */
final class RecordSet {
    private final Map<TopicPartition, BitSet> offsets =
            new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));

    /** False if it was there already. */
    synchronized boolean add(TopicPartition partition, long offset) {
        BitSet known = offsets.computeIfAbsent(partition, key -> new BitSet());
        int bit = Math.toIntExact(offset);
        boolean added = !known.get(bit);
        known.set(bit);
        return added;
    }

    synchronized long size() {
        return offsets.values().stream().mapToLong(BitSet::cardinality).sum();
    }

    /** The coordinates of what is here and not there, as {@code orders-0@7}. */
    List<String> notIn(RecordSet other) {
        Map<TopicPartition, BitSet> theirs = other.copy();
        List<String> missing = new ArrayList<>();
        copy().forEach((partition, known) -> {
            known.andNot(theirs.getOrDefault(partition, new BitSet()));
            known.stream().forEach(offset -> missing.add(partition + "@" + offset));
        });
        return missing;
    }

    private synchronized Map<TopicPartition, BitSet> copy() {
        Map<TopicPartition, BitSet> copy =
                new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));
        offsets.forEach((partition, known) -> copy.put(partition, (BitSet) known.clone()));
        return copy;
    }
}
