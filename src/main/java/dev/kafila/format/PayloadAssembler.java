package dev.kafila.format;

import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordDecodeException;
import dev.kafila.record.RecordDecoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts records of one partition into a payload, in order, until it is full. Each record is formatted once, but for the one that no
 * longer fits, which the next payload begins with.
 */
public final class PayloadAssembler {
    private final RecordFormatter formatter;
    private final RecordDecoder decoder;
    private final boolean batch;
    private final int limit;

    /**
     * @param batch whether a payload may hold more than one record
     * @param limit the greatest payload, in bytes
     */
    public PayloadAssembler(RecordFormatter formatter, RecordDecoder decoder, boolean batch, int limit) {
        this.formatter = formatter;
        this.decoder = decoder;
        this.batch = batch;
        this.limit = limit;
    }

    /**
     * What became of the first records of a list.
     *
     * @param taken    how many records were looked at, from the first on: each is included or rejected
     * @param included those in the payload, in order; if there are none, there is no payload
     * @param rejected those that cannot be in any payload
     */
    public record Assembly(int taken, List<ConsumerRecord<byte[], byte[]>> included, List<RejectedRecord> rejected) {}

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
        List<RejectedRecord> rejected = new ArrayList<>();
        int taken = 0;
        while (taken < records.size() && (batch || included.isEmpty())) {
            ConsumerRecord<byte[], byte[]> record = records.get(taken);
            int mark = out.size();
            RuntimeException problem = append(record, !included.isEmpty(), out);
            if (problem == null) {
                included.add(record);
            } else {
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
        return new Assembly(taken, List.copyOf(included), List.copyOf(rejected));
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

    /** Returns null when the record is in the buffer. */
    private RuntimeException append(ConsumerRecord<byte[], byte[]> record, boolean separate, PayloadBuffer out) {
        if (separate) {
            formatter.separate(out);
        }
        try {
            formatter.write(formatter.decodes() ? decoder.decode(record) : KafkaRecord.undecoded(record), out);
        } catch (RecordDecodeException e) {
            return e;
        } catch (RuntimeException e) {
            return new RecordFormatException(record, formatter, e);
        }
        return out.overflowed() ? new RecordTooLargeException(record, limit) : null;
    }
}
