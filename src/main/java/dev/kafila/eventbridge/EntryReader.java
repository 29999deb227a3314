package dev.kafila.eventbridge;

import dev.kafila.format.PayloadBuffer;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes of a record of the broker the entry that a request carries. Thread-safe. */
final class EntryReader {
    private final RecordReader reader;
    private final EntryFormatter formatter;

    EntryReader(RecordReader reader, EntryFormatter formatter) {
        this.reader = reader;
        this.formatter = formatter;
    }

    /** What all entries of a request stay below, in bytes. */
    int limit() {
        return formatter.limit();
    }

    /**
     * Makes one entry.
     *
     * @param buffer whatever is in it is lost
     * @return null if the record is filtered
     * @throws dev.kafila.record.RecordDecodeException      as {@link RecordReader#read} does
     * @throws dev.kafila.record.RecordTransformException   as {@link RecordReader#read} does
     * @throws dev.kafila.record.SourceUnavailableException as {@link RecordReader#read} does
     * @throws dev.kafila.format.RecordFormatException      if it has no form that EventBridge takes
     * @throws dev.kafila.format.RecordTooLargeException    if it fits into no request
     */
    Entry read(ConsumerRecord<byte[], byte[]> source, PayloadBuffer buffer) {
        KafkaRecord record = reader.read(source);
        return record == null ? null : formatter.format(record, buffer);
    }
}
