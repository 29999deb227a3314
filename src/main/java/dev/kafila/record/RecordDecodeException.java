package dev.kafila.record;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A converter could not read a record's key or value. The message does not hold the value; the cause's may. */
public final class RecordDecodeException extends RuntimeException {

    /** What could not be read. */
    public enum Side {
        KEY,
        VALUE
    }

    private final Side side;
    private final String converter;

    public RecordDecodeException(ConsumerRecord<?, ?> record, Side side, String converter, Throwable cause) {
        super(
                "Cannot read the " + (side == Side.KEY ? "key" : "value") + " of " + KafkaRecord.coordinates(record)
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
