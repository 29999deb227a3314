package dev.kafila.format;

import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordDecodeException;
import dev.kafila.record.RecordReader;
import dev.kafila.record.RecordTransformException;
import dev.kafila.record.SourceUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts records of one partition into a payload, in order, until it is full. Each record is formatted once, but for the one that no
 * longer fits, which the next payload begins with.
 */
public final class PayloadAssembler {
    private final RecordFormatter formatter;
    private final RecordReader reader;
    private final boolean batch;
    private final int limit;

    /**
     * @param batch whether a payload may hold more than one record
     * @param limit the greatest payload, in bytes
     */
    public PayloadAssembler(RecordFormatter formatter, RecordReader reader, boolean batch, int limit) {
        this.formatter = formatter;
        this.reader = reader;
        this.batch = batch;
        this.limit = limit;
    }

    /**
     * What became of the first records of a list.
     *
     * @param taken       how many records are done with, from the first on: each is included, rejected or filtered
     * @param included    those in the payload, in order; if there are none, there is no payload
     * @param renamed     where the payload says that an included record is, by its offset, if that is not where it comes from
     * @param rejected    those that cannot be in any payload
     * @param filtered    how many are not to be in any
     * @param unavailable why the payload ends before a record that cannot be read for now; null if it does not
     */
    public record Assembly(
            int taken,
            List<ConsumerRecord<byte[], byte[]>> included,
            Map<Long, TopicPartition> renamed,
            List<RejectedRecord> rejected,
            int filtered,
            SourceUnavailableException unavailable) {}

    /**
     * Fills the buffer with the first payload of a list of records.
     *
     * @param records  at least one, all of one partition
     * @param skipping whether records that cannot be formatted are left out; if not, the payload ends before the first of them,
     *                 or, if it is the first of all, holds nothing
     */
    public Assembly assemble(List<ConsumerRecord<byte[], byte[]>> records, boolean skipping, PayloadBuffer out) {
        begin(records.get(0), out);
        List<ConsumerRecord<byte[], byte[]>> included = new ArrayList<>(batch ? records.size() : 1);
        Map<Long, TopicPartition> renamed = new HashMap<>();
        List<RejectedRecord> rejected = new ArrayList<>();
        SourceUnavailableException unavailable = null;
        int taken = 0;
        while (taken < records.size() && (batch || included.isEmpty())) {
            ConsumerRecord<byte[], byte[]> record = records.get(taken);
            int mark = out.size();
            try {
                KafkaRecord appended = append(record, !included.isEmpty(), out);
                if (appended != null) {
                    included.add(record);
                    if (appended.isRenamed()) {
                        renamed.put(record.offset(), new TopicPartition(appended.topic(), appended.partition()));
                    }
                }
            } catch (SourceUnavailableException e) {
                unavailable = e;
                break;
            } catch (RecordTooLargeException
                    | RecordDecodeException
                    | RecordTransformException
                    | RecordFormatException problem) {
                out.truncate(mark);
                boolean perhapsAlone = problem instanceof RecordTooLargeException;
                if (!included.isEmpty() && (perhapsAlone || !skipping)) {
                    break;
                }
                rejected.add(new RejectedRecord(record, problem));
                if (!skipping) {
                    taken++;
                    break;
                }
            }
            taken++;
        }
        end(out);
        int filtered = taken - included.size() - rejected.size();
        return new Assembly(
                taken, List.copyOf(included), Map.copyOf(renamed), List.copyOf(rejected), filtered, unavailable);
    }

    /** Those of some records that are not filtered, or cannot be read to find out. */
    public List<ConsumerRecord<byte[], byte[]>> wanted(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().filter(this::isWanted).toList();
    }

    private boolean isWanted(ConsumerRecord<byte[], byte[]> record) {
        try {
            return reader.read(record) != null;
        } catch (SourceUnavailableException | RecordDecodeException | RecordTransformException unreadable) {
            return true;
        }
    }

    /** Writes the beginning and keeps back the room that the end takes. */
    private void begin(ConsumerRecord<?, ?> first, PayloadBuffer out) {
        out.reset(Integer.MAX_VALUE);
        formatter.end(out);
        int endLength = out.size();
        out.reset(limit - endLength);
        formatter.begin(new TopicPartition(first.topic(), first.partition()), out);
        if (out.overflowed()) {
            throw new IllegalStateException(
                    "A payload limit of " + limit + " bytes does not even hold an empty payload");
        }
    }

    private void end(PayloadBuffer out) {
        out.limit(limit);
        formatter.end(out);
    }

    /** Returns the record as it is in the buffer; null if it is filtered. */
    private KafkaRecord append(ConsumerRecord<byte[], byte[]> source, boolean separate, PayloadBuffer out) {
        KafkaRecord record = reader.read(source);
        if (record == null) {
            return null;
        }
        if (separate) {
            formatter.separate(out);
        }
        try {
            formatter.write(record, out);
        } catch (RuntimeException e) {
            throw new RecordFormatException(source, formatter.getClass(), e);
        }
        if (out.overflowed()) {
            throw new RecordTooLargeException(source, limit);
        }
        return record;
    }
}
