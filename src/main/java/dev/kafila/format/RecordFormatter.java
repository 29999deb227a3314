package dev.kafila.format;

import dev.kafila.record.KafkaRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One form of a payload. It writes records one by one, so that a payload can be cut where it is full and a record that
 * cannot be written is left out, without writing its neighbours again. Implementations are stateless and thread-safe.
 */
public interface RecordFormatter {

    /** Whether {@link #write} reads the key and value of Connect's model; if not, nothing is decoded. */
    boolean decodes();

    /** Whether {@link #write} reads the headers of Connect's model; if not, the record may come without them. */
    default boolean decodesHeaders() {
        return false;
    }

    /** Writes what comes before the first record. */
    default void begin(TopicPartition partition, PayloadBuffer out) {}

    /**
     * Writes one record. Whatever it throws is this record's failure: what it had written is taken back and its neighbours go on.
     */
    void write(KafkaRecord record, PayloadBuffer out);

    /** Writes what stands between two records. */
    default void separate(PayloadBuffer out) {
        out.write(',');
    }

    /** Writes what comes after the last record. Its length does not depend on the records. */
    default void end(PayloadBuffer out) {}
}
