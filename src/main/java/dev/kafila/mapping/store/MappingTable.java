package dev.kafila.mapping.store;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Mapping.Wanted;
import dev.kafila.mapping.MappingExistsException;
import dev.kafila.mapping.MappingIdentity;
import dev.kafila.mapping.StaleMappingException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the log says, up to where it was read. Not thread-safe. */
final class MappingTable {
    private static final Comparator<Row> CREATION =
            Comparator.comparingLong(MappingTable::created).thenComparing(Row::uuid);

    private final Map<String, Row> rows = new HashMap<>();

    /**
     * How a change fared when it came.
     *
     * @param wins  whether it is the one that counts
     * @param twin  another mapping that does the same work; empty if there is none
     */
    record Verdict(boolean wins, Optional<String> twin) {}

    void apply(StoreRecord record) {
        String uuid = record.key().uuid();
        Row row = row(uuid).with(record);
        if (row.isEmpty()) {
            rows.remove(uuid);
        } else {
            rows.put(uuid, row);
        }
    }

    Row row(String uuid) {
        return rows.getOrDefault(uuid, Row.empty(uuid));
    }

    /** Everything that the log holds, remains of what is no longer there included. */
    Collection<Row> rows() {
        return List.copyOf(rows.values());
    }

    /** The mappings that are there, in the order of their creation. */
    List<Row> mappings() {
        return rows.values().stream().filter(Row::isThere).sorted(CREATION).toList();
    }

    private static long created(Row row) {
        return row.current().orElseThrow().change().created();
    }

    /** Asked right after the change was applied. */
    Verdict verdict(StoreKey.Change key) {
        Row row = row(key.uuid());
        Row.Entry current = row.current().orElse(null);
        boolean wins = current != null && current.key().equals(key);
        return new Verdict(wins, wins ? twin(current.change()) : Optional.empty());
    }

    /**
     * Requires that a mapping is made of what there is now.
     *
     * @return when its first version was made: now, or as the log says; in milliseconds since 1970
     */
    long requireNext(Mapping mapping, long now) {
        Row row = row(mapping.uuid());
        Mapping before = row.isThere() ? row.current().orElseThrow().change().mapping() : null;
        boolean next = before == null
                ? row.isEmpty() && mapping.version() == 1
                : before.wanted() != Wanted.DELETED && mapping.version() == before.version() + 1;
        if (!next) {
            throw new StaleMappingException(mapping.uuid());
        }
        long created =
                before == null ? now : row.current().orElseThrow().change().created();
        if (mapping.wanted() != Wanted.DELETED) {
            twin(new StoredChange(mapping, created, false)).ifPresent(uuid -> {
                throw new MappingExistsException(uuid);
            });
        }
        return created;
    }

    /** Changes that a newer one leaves behind. */
    List<StoreKey.Change> superseded(StoreKey.Change by) {
        return row(by.uuid()).leftovers().stream()
                .map(Row.Entry::key)
                .filter(key -> key.version() < by.version())
                .toList();
    }

    /** Another mapping that does the same work and is not being deleted. */
    Optional<String> twin(StoredChange change) {
        MappingIdentity identity = MappingIdentity.of(change.mapping().configuration());
        return mappings().stream()
                .filter(row -> !row.uuid().equals(change.mapping().uuid()))
                .filter(row -> wanted(row) != Wanted.DELETED)
                .filter(row -> identity.equals(MappingIdentity.of(
                        row.current().orElseThrow().change().mapping().configuration())))
                .map(Row::uuid)
                .findFirst();
    }

    static Wanted wanted(Row row) {
        return row.current().orElseThrow().change().mapping().wanted();
    }

    /** The greatest term of any status, 0 if there is none: the next owner takes a greater one. */
    long lastTerm() {
        return rows.values().stream()
                .flatMap(row -> row.statuses().keySet().stream())
                .mapToLong(StoreKey.Status::term)
                .max()
                .orElse(0);
    }
}
