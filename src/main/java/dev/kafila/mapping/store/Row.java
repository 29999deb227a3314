package dev.kafila.mapping.store;

import dev.kafila.mapping.Observation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the log says of one mapping: the last record of each of its keys that is not deleted. Nothing else decides, not even the order in
 * which keys came and went, so compaction cannot change what a reader finds.
 */
record Row(
        String uuid,
        Map<StoreKey.Change, Entry> changes,
        Map<StoreKey.Status, StoredStatus> statuses,
        Map<String, Observation> seen) {

    /** The greatest version wins, of one version the first in the log. */
    private static final Comparator<Entry> WINNER = Comparator.comparingLong(
                    (Entry entry) -> entry.key().version())
            .thenComparing(Comparator.comparingLong(Entry::offset).reversed());

    /** A change and its place in the log. */
    record Entry(StoreKey.Change key, StoredChange change, long offset, long timestamp) {}

    static Row empty(String uuid) {
        return new Row(uuid, Map.of(), Map.of(), Map.of());
    }

    Row with(StoreRecord record) {
        if (record.key() instanceof StoreKey.Change key) {
            Entry entry = record.value() == null
                    ? null
                    : new Entry(key, (StoredChange) record.value(), record.offset(), record.timestamp());
            return new Row(uuid, replaced(changes, key, entry), statuses, seen);
        }
        if (record.key() instanceof StoreKey.Status key) {
            return new Row(uuid, changes, replaced(statuses, key, (StoredStatus) record.value()), seen);
        }
        String instance = ((StoreKey.Seen) record.key()).instance();
        return new Row(uuid, changes, statuses, replaced(seen, instance, (Observation) record.value()));
    }

    private static <K, V> Map<K, V> replaced(Map<K, V> map, K key, V value) {
        Map<K, V> replaced = new HashMap<>(map);
        if (value == null) {
            replaced.remove(key);
        } else {
            replaced.put(key, value);
        }
        return Map.copyOf(replaced);
    }

    boolean isEmpty() {
        return changes.isEmpty() && statuses.isEmpty() && seen.isEmpty();
    }

    /** The change that counts; empty if all that is left are leftovers. */
    Optional<Entry> current() {
        return changes.values().stream().filter(entry -> !entry.change().late()).max(WINNER);
    }

    /** What the last owner says. */
    Optional<StoredStatus> status() {
        return statuses.entrySet().stream()
                .max(Comparator.comparingLong(entry -> entry.getKey().term()))
                .map(Map.Entry::getValue);
    }

    /** Changes that do not count: others came first, or came after them. */
    Collection<Entry> leftovers() {
        StoreKey.Change current = current().map(Entry::key).orElse(null);
        return changes.values().stream()
                .filter(entry -> !entry.key().equals(current))
                .toList();
    }

    /** Whether clients see it. */
    boolean isThere() {
        return current().isPresent() && !status().map(StoredStatus::isGone).orElse(false);
    }

    /** All its keys in an order in which they can be deleted: whatever is left at any point says no more than what was there. */
    List<StoreKey> keysToDelete() {
        List<StoreKey> keys = new ArrayList<>();
        leftovers().forEach(entry -> keys.add(entry.key()));
        seen.keySet().forEach(instance -> keys.add(new StoreKey.Seen(uuid, instance)));
        // Without its status, a mapping that is gone would be there again.
        current().ifPresent(entry -> keys.add(entry.key()));
        keys.addAll(statuses.keySet());
        return keys;
    }
}
