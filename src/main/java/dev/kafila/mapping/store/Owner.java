package dev.kafila.mapping.store;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Mapping.Wanted;
import dev.kafila.mapping.MappingStatus;
import dev.kafila.mapping.Observation;
import dev.kafila.mapping.scale.Division;
import dev.kafila.settings.MappingSettings.Polling;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the instance decides that owns the topic's partition: states of mappings, their pollers, and what of the topic is not needed any
 * more. Decides only; nothing here reads or writes.
 */
final class Owner {
    /** How long a deletion stays in the log, so that no change made before it comes after it was forgotten. */
    static final Duration REMEMBERED = Duration.ofHours(24);

    /** Writers delete what they leave over themselves, unless they die. */
    private static final Duration LEFT_TO_WRITERS = Duration.ofSeconds(30);

    private final long term;
    private final String instance;
    private final Scales scales;
    private final Clock clock;

    /** @param term greater than any of another owner */
    Owner(long term, String instance, Polling polling, Clock clock) {
        this.term = term;
        this.instance = instance;
        this.scales = new Scales(polling, clock);
        this.clock = clock;
    }

    /** A state or reason that is no longer what it was; before is null for the first. */
    record Change(Mapping mapping, MappingStatus before, MappingStatus after) {}

    /** What is to be written, in this order, and what is new then. */
    record Decision(List<Write> writes, List<Change> changes) {
        static final Decision NONE = new Decision(List.of(), List.of());
    }

    /** @param live instances that are members of the group now */
    Decision decide(Collection<Row> rows, Set<String> live) {
        if (rows.stream().flatMap(row -> row.statuses().keySet().stream()).anyMatch(key -> key.term() > term)) {
            // Another owner has followed, and nobody listens to this one.
            return Decision.NONE;
        }
        Map<String, Integer> pollers = new TreeMap<>();
        Map<String, Map<String, Integer>> before = new HashMap<>();
        rows.stream().filter(Row::isThere).forEach(row -> {
            Mapping mapping = mapping(row);
            if (mapping.wanted() == Wanted.ENABLED) {
                MappingStatus status = row.status().map(StoredStatus::status).orElse(null);
                pollers.put(row.uuid(), scales.pollers(mapping, status, seen(row, live)));
                before.put(row.uuid(), row.status().map(StoredStatus::shares).orElse(Map.of()));
            }
        });
        scales.retain(pollers.keySet());
        Map<String, Map<String, Integer>> shares = Division.of(pollers, live, before);
        List<Write> writes = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        for (Row row : rows) {
            if (row.isThere()) {
                tell(row, live, shares.getOrDefault(row.uuid(), Map.of()), writes, changes);
            }
        }
        rows.forEach(row -> unneeded(row, live).forEach(key -> writes.add(Write.deletion(key))));
        return new Decision(writes, changes);
    }

    private void tell(
            Row row, Set<String> live, Map<String, Integer> shares, List<Write> writes, List<Change> changes) {
        Mapping mapping = mapping(row);
        MappingStatus before = row.status().map(StoredStatus::status).orElse(null);
        int pollers = shares.values().stream().mapToInt(Integer::intValue).sum();
        MappingStatus after = States.next(mapping, before, seen(row, live), pollers);
        StoredStatus status = new StoredStatus(after, instance, shares);
        StoreKey.Status key = new StoreKey.Status(row.uuid(), term);
        if (!status.equals(row.statuses().get(key))) {
            writes.add(new Write(key, StoreJson.status(status)));
        }
        if (before == null
                || !after.state().equals(before.state())
                || !after.reason().equals(before.reason())) {
            changes.add(new Change(mapping, before, after));
        }
    }

    private static Mapping mapping(Row row) {
        return row.current().orElseThrow().change().mapping();
    }

    private static Collection<Observation> seen(Row row, Set<String> live) {
        return new TreeMap<>(row.seen())
                .entrySet().stream()
                        .filter(entry -> live.contains(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .toList();
    }

    private List<StoreKey> unneeded(Row row, Set<String> live) {
        Row.Entry current = row.current().orElse(null);
        if (current == null || (!row.isThere() && isOlder(current, REMEMBERED))) {
            return row.keysToDelete();
        }
        List<StoreKey> keys = new ArrayList<>();
        row.leftovers().stream()
                .filter(entry -> isOlder(entry, LEFT_TO_WRITERS))
                .forEach(entry -> keys.add(entry.key()));
        row.statuses().keySet().stream()
                .filter(key -> key.term() < term && row.isThere())
                .forEach(keys::add);
        row.seen().keySet().stream()
                .filter(seeing -> !live.contains(seeing))
                .forEach(dead -> keys.add(new StoreKey.Seen(row.uuid(), dead)));
        return keys;
    }

    private boolean isOlder(Row.Entry entry, Duration age) {
        return Instant.ofEpochMilli(entry.timestamp()).isBefore(clock.instant().minus(age));
    }
}
