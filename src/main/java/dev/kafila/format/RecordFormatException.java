package dev.kafila.format;

import dev.kafila.record.KafkaRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record could not be written in the payload's form. The message does not hold the value; the cause's may. */
public final class RecordFormatException extends RuntimeException {
    private final String formatter;

    public RecordFormatException(ConsumerRecord<?, ?> record, RecordFormatter formatter, Throwable cause) {
        super(
                "Cannot format " + KafkaRecord.coordinates(record) + ": "
                        + cause.getClass().getSimpleName(),
                cause);
        this.formatter = formatter.getClass().getName();
    }

    /** Class name of the formatter. */
    public String formatter() {
        return formatter;
    }
}
