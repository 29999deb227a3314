package dev.kafila.record;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes of a record of the broker what is formatted: decoded, filtered and transformed as far as anybody needs it. Thread-safe. */
@FunctionalInterface
public interface RecordReader {

    /**
     * Reads one record.
     *
     * @return null if the record is filtered
     * @throws RecordDecodeException      if a converter cannot read it: that record's failure
     * @throws RecordTransformException   if a filter or a transform fails on it: that record's failure
     * @throws SourceUnavailableException if it cannot be read for now, for which no record is to blame
     */
    KafkaRecord read(ConsumerRecord<byte[], byte[]> record);
}
