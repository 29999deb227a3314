package dev.kafila.eventbridge;

import dev.kafila.format.PayloadBuffer;
import dev.kafila.record.KafkaRecord;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the time of an event is. */
final class EventTime {
    private final boolean ofRecord;

    private EventTime(boolean ofRecord) {
        this.ofRecord = ofRecord;
    }

    static EventTime of(String text) {
        return new EventTime(text.equals("record"));
    }

    /**
     * Null: the time at which EventBridge gets the event.
     *
     * @param detail of the record, whole
     */
    Instant of(KafkaRecord record, PayloadBuffer detail) {
        return ofRecord && record.timestamp() != ConsumerRecord.NO_TIMESTAMP
                ? Instant.ofEpochMilli(record.timestamp())
                : null;
    }
}
