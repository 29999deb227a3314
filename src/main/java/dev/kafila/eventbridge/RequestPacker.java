package dev.kafila.eventbridge;

import dev.kafila.format.PayloadBuffer;
import dev.kafila.format.RecordFormatException;
import dev.kafila.format.RecordTooLargeException;
import dev.kafila.format.RejectedRecord;
import dev.kafila.record.RecordDecodeException;
import dev.kafila.record.RecordTransformException;
import dev.kafila.record.SourceUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Cuts records of one partition into requests, in order, each as full as it gets. A record is read and formatted once: what no longer
 * fits begins the next request, and what an earlier attempt has made is used again. Not thread-safe.
 */
final class RequestPacker {
    /** Entries in a request: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
    static final int MAX_ENTRIES = 10;

    private static final int CAPACITY = 4 * 1024;

    private final EntryReader reader;
    private final List<ConsumerRecord<byte[], byte[]>> records;
    private final boolean skipping;
    private final Map<Long, Entry> kept;
    private final PayloadBuffer buffer = new PayloadBuffer(CAPACITY);
    private int position;
    /** What became of the record at the position, if that is known already; null if not. */
    private Made ahead;

    /** Either is null; both are for a record that is filtered. */
    private record Made(Entry entry, RejectedRecord rejected) {}

    /**
     * Begins with the first record.
     *
     * @param records  all of one partition
     * @param skipping whether records that cannot be formatted are left out; if not, a request ends before the first of them, or, if it is
     *                 the first of all, holds nothing
     * @param kept     entries that are made already, by their records' offsets
     */
    RequestPacker(
            EntryReader reader, List<ConsumerRecord<byte[], byte[]>> records, boolean skipping, Map<Long, Entry> kept) {
        this.reader = reader;
        this.records = records;
        this.skipping = skipping;
        this.kept = kept;
    }

    /** Whether there are records that no request has taken. */
    boolean hasNext() {
        return position < records.size();
    }

    /** Makes the next request; after one that ended early, the same records are read again. */
    Packed next() {
        if (!hasNext()) {
            throw new NoSuchElementException("Every record is taken");
        }
        List<Entry> entries = new ArrayList<>(MAX_ENTRIES);
        List<RejectedRecord> rejected = new ArrayList<>();
        SourceUnavailableException unavailable = null;
        int begin = position;
        long room = reader.limit();
        while (hasNext() && entries.size() < MAX_ENTRIES) {
            Made made;
            try {
                made = ahead == null ? make(records.get(position)) : ahead;
            } catch (SourceUnavailableException e) {
                unavailable = e;
                break;
            }
            ahead = made;
            if (!fits(made, entries, room)) {
                break;
            }
            ahead = null;
            position++;
            if (made.entry() != null) {
                entries.add(made.entry());
                room -= made.entry().size();
            } else if (made.rejected() != null) {
                rejected.add(made.rejected());
                if (!skipping) {
                    break;
                }
            }
        }
        int taken = position - begin;
        int filtered = taken - entries.size() - rejected.size();
        return new Packed(taken, List.copyOf(entries), List.copyOf(rejected), filtered, unavailable);
    }

    private boolean fits(Made made, List<Entry> entries, long room) {
        if (made.entry() != null) {
            return made.entry().size() < room;
        }
        return made.rejected() == null || skipping || entries.isEmpty();
    }

    private Made make(ConsumerRecord<byte[], byte[]> record) {
        Entry known = kept.get(record.offset());
        if (known != null) {
            return new Made(known, null);
        }
        try {
            return new Made(reader.read(record, buffer), null);
        } catch (RecordTooLargeException
                | RecordDecodeException
                | RecordTransformException
                | RecordFormatException problem) {
            return new Made(null, new RejectedRecord(record, problem));
        }
    }
}
