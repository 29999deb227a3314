package dev.kafila.format;

import dev.kafila.record.KafkaRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record does not fit into a payload of its own. */
public final class RecordTooLargeException extends RuntimeException {

    /** Names the record and the greatest payload, in bytes. */
    public RecordTooLargeException(ConsumerRecord<?, ?> record, int limit) {
        super(KafkaRecord.coordinates(record) + " makes a payload of more than " + limit + " bytes");
    }
}
