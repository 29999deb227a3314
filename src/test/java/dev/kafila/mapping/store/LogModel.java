package dev.kafila.mapping.store;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Mapping.Wanted;
import dev.kafila.mapping.MappingExistsException;
import dev.kafila.mapping.MappingIdentity;
import dev.kafila.mapping.MappingStatus;
import dev.kafila.mapping.StaleMappingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The topic as a list, and writers and an owner that take turns by chance: each step of one is a number. */
final class LogModel {
    private static final int WRITERS = 3;
    private static final int FUNCTIONS = 2;
    private static final List<Wanted> WANTED = List.of(Wanted.ENABLED, Wanted.DISABLED, Wanted.DELETED);

    private final List<StoreRecord> log = new ArrayList<>();
    private final Map<Integer, Writer> writers = new HashMap<>();
    private final List<StoreKey> deletions = new ArrayList<>();
    private final List<Accepted> accepted = new ArrayList<>();
    private final Set<String> gone = new HashSet<>();
    private final Set<String> forgotten = new HashSet<>();
    private final Set<String> promised = new HashSet<>();
    private long nextOffset;
    private int created;

    /** A change whose writer was told that it counts, and the one that it was made of. */
    record Accepted(StoreKey.Change key, String madeOf, long offset) {}

    /** What one has begun. */
    private static final class Writer {
        private StoredChange change;
        private String madeOf;
        private StoreKey.Change key;
        private long offset = -1;
        private List<StoreKey> left;
    }

    void step(int number) {
        int who = number % (WRITERS + 2);
        int choice = number / (WRITERS + 2);
        if (who < WRITERS) {
            write(who, choice);
        } else if (who == WRITERS) {
            own(choice);
        } else {
            compact(choice);
        }
    }

    private void write(int who, int choice) {
        Writer writer = writers.get(who);
        if (writer == null) {
            look(who, choice);
        } else if (choice % 7 == 0) {
            // Dies, wherever it is.
            writers.remove(who);
        } else if (writer.offset < 0) {
            writer.offset = append(writer.key, late(writer));
        } else if (writer.left == null) {
            settle(writer);
        } else if (writer.left.isEmpty()) {
            writers.remove(who);
        } else {
            append(writer.left.remove(0), null);
        }
    }

    private void look(int who, int choice) {
        MappingTable table = read();
        List<Row> rows = table.mappings();
        Mapping mapping;
        if (rows.isEmpty() || choice % 3 == 0) {
            mapping = TestMappings.created("m" + created++, "function" + choice / 3 % FUNCTIONS);
        } else {
            Mapping before = rows.get(choice / 3 % rows.size())
                    .current()
                    .orElseThrow()
                    .change()
                    .mapping();
            mapping = TestMappings.changed(before, WANTED.get(choice / 24 % WANTED.size()));
        }
        try {
            Writer writer = new Writer();
            writer.change = new StoredChange(mapping, table.requireNext(mapping, created), false);
            writer.madeOf = table.row(mapping.uuid())
                    .current()
                    .map(entry -> entry.key().nonce())
                    .orElse("nothing");
            writer.key = new StoreKey.Change(mapping.uuid(), mapping.version(), who + "-" + nextOffset + "-" + choice);
            writers.put(who, writer);
        } catch (StaleMappingException | MappingExistsException e) {
            // The one who asked is told, and nothing is written.
            writers.remove(who);
        }
    }

    /** Deletions are remembered for longer than a change may be under way. */
    private StoredChange late(Writer writer) {
        return new StoredChange(
                writer.change.mapping(), writer.change.created(), forgotten.contains(writer.key.uuid()));
    }

    private void settle(Writer writer) {
        MappingTable table = new MappingTable();
        log.stream().filter(record -> record.offset() <= writer.offset).forEach(table::apply);
        MappingTable.Verdict verdict = table.verdict(writer.key);
        if (!verdict.wins()) {
            writer.left = new ArrayList<>(List.of(writer.key));
            return;
        }
        if (writer.key.version() == 1 && verdict.twin().isPresent()) {
            writer.left = new ArrayList<>(List.of(writer.key));
            return;
        }
        accepted.add(new Accepted(writer.key, writer.madeOf, writer.offset));
        if (writer.key.version() == 1) {
            promised.add(writer.key.uuid());
        }
        writer.left = new ArrayList<>(read().superseded(writer.key));
    }

    private void own(int choice) {
        if (!deletions.isEmpty()) {
            append(deletions.remove(0), null);
            return;
        }
        List<Row> rows = new ArrayList<>(read().rows());
        if (rows.isEmpty()) {
            return;
        }
        Row row = rows.get(choice / 4 % rows.size());
        boolean deleted = row.current()
                .map(entry -> entry.change().mapping().wanted() == Wanted.DELETED)
                .orElse(false);
        if (choice % 4 == 0) {
            row.leftovers().forEach(entry -> deletions.add(entry.key()));
        } else if (deleted && row.isThere()) {
            MappingStatus status = new MappingStatus(1, MappingStatus.GONE, "", "", 0);
            append(new StoreKey.Status(row.uuid(), 1), new StoredStatus(status, "owner", Map.of()));
            gone.add(row.uuid());
        } else if (row.current().isEmpty() || deleted) {
            deletions.addAll(row.keysToDelete());
            forgotten.add(row.uuid());
        }
    }

    /**
     * Removes some of the records that have a later one of their key, and deletions that have nothing left to delete; none of them
     * after what a writer still waits to read (min.compaction.lag.ms).
     */
    private void compact(int choice) {
        long young = writers.values().stream()
                .mapToLong(writer -> writer.offset < 0 ? nextOffset : writer.offset)
                .min()
                .orElse(nextOffset);
        Map<StoreKey, Long> first = new HashMap<>();
        Map<StoreKey, Long> last = new HashMap<>();
        log.stream().filter(record -> record.offset() < young).forEach(record -> {
            first.putIfAbsent(record.key(), record.offset());
            last.put(record.key(), record.offset());
        });
        log.removeIf(record -> record.offset() < young
                && (record.offset() + choice) % 3 != 0
                && (last.get(record.key()) > record.offset()
                        || (record.value() == null && first.get(record.key()) == record.offset())));
    }

    private long append(StoreKey key, Object value) {
        log.add(new StoreRecord(key, value, nextOffset, 0));
        return nextOffset++;
    }

    /** As somebody who reads what is left of the log. */
    MappingTable read() {
        MappingTable table = new MappingTable();
        log.forEach(table::apply);
        return table;
    }

    /** As somebody who reads it when everything is removed that may be. */
    MappingTable compacted() {
        Map<StoreKey, StoreRecord> last = new HashMap<>();
        log.forEach(record -> last.put(record.key(), record));
        MappingTable table = new MappingTable();
        log.stream()
                .filter(record -> last.get(record.key()).offset() == record.offset())
                .forEach(table::apply);
        return table;
    }

    /** In the order of the log. */
    List<Accepted> accepted() {
        return accepted.stream()
                .sorted(Comparator.comparingLong(Accepted::offset))
                .toList();
    }

    Set<String> gone() {
        return gone;
    }

    /** The work of mappings whose creation was confirmed and that are still wanted. */
    List<MappingIdentity> promisedAndThere() {
        return read().mappings().stream()
                .filter(row -> promised.contains(row.uuid()) && MappingTable.wanted(row) != Wanted.DELETED)
                .map(row -> MappingIdentity.of(
                        row.current().orElseThrow().change().mapping().configuration()))
                .toList();
    }
}
