package dev.kafila.format;

import dev.kafila.record.KafkaRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One form of a payload, of ours or of a user's own. It writes records one by one, so that a payload can be cut where it is full and a record
 * that cannot be written is left out, without writing its neighbours again. What it writes is JSON, since Lambda takes nothing else. For each
 * payload, {@link #begin}, {@link #write} and {@link #separate} in turn, and {@link #end} are called by one thread.
 *
 * <p>One formatter serves every partition at once: implementations are stateless and thread-safe. Settings name one as a class with a public
 * constructor without parameters, or as a bean.
 */
public interface RecordFormatter {

    /** Whether {@link #write} reads the key and value of Connect's model; if not, nothing is decoded. */
    boolean decodes();

    /** Whether {@link #write} reads the headers of Connect's model; if not, the record may come without them. */
    default boolean decodesHeaders() {
        return false;
    }

    /**
     * Writes what comes before the first record.
     *
     * @param partition of the records in Kafka, whatever a transform made of them
     */
    default void begin(TopicPartition partition, PayloadBuffer out) {}

    /**
     * Writes one record. {@link ConnectJson} writes its key and value as JSON. Whatever it throws is this record's failure: what it had
     * written is taken back and its neighbours go on. It may be called twice for a record that a payload has no more room for.
     */
    void write(KafkaRecord record, PayloadBuffer out);

    /** Writes what stands between two records. */
    default void separate(PayloadBuffer out) {
        out.write(',');
    }

    /** Writes what comes after the last record. Its length does not depend on the records. */
    default void end(PayloadBuffer out) {}
}
