package dev.kafila.format;

import dev.kafila.record.KafkaRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record has no form that the target takes. The message does not hold the value; the cause's may. */
public final class RecordFormatException extends RuntimeException {
    private final String formatter;

    /** @param formatter that failed */
    public RecordFormatException(ConsumerRecord<?, ?> record, Class<?> formatter, Throwable cause) {
        this(record, formatter, cause.getClass().getSimpleName(), cause);
    }

    /**
     * Names the problem as well.
     *
     * @param formatter that failed
     * @param problem   without the value
     */
    public RecordFormatException(ConsumerRecord<?, ?> record, Class<?> formatter, String problem, Throwable cause) {
        super("Cannot format " + KafkaRecord.coordinates(record) + ": " + problem, cause);
        this.formatter = formatter.getName();
    }

    /** Class name of the formatter. */
    public String formatter() {
        return formatter;
    }
}
