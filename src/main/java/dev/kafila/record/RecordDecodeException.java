package dev.kafila.record;

import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A converter could not read a record's key, value or headers. The message does not hold the value; the cause's may. */
public final class RecordDecodeException extends RuntimeException {

    /** What could not be read. */
    public enum Side {
        KEY,
        VALUE,
        HEADERS
    }

    private final Side side;
    private final String converter;

    public RecordDecodeException(ConsumerRecord<?, ?> record, Side side, String converter, Throwable cause) {
        super(
                "Cannot read the " + side.name().toLowerCase(Locale.ROOT) + " of " + KafkaRecord.coordinates(record)
                        + " with " + converter + ": " + cause.getClass().getSimpleName(),
                cause);
        this.side = side;
        this.converter = converter;
    }

    public Side side() {
        return side;
    }

    /** Class name of the converter. */
    public String converter() {
        return converter;
    }
}
