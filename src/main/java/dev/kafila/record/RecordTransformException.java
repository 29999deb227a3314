package dev.kafila.record;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A filter or a transform failed on a record. The message does not hold the value; the cause's may. */
public final class RecordTransformException extends RuntimeException {
    private final String step;

    /** @param step class name of the filter, transform or predicate that failed */
    public RecordTransformException(ConsumerRecord<?, ?> record, String step, Throwable cause) {
        super(
                step + " failed on " + KafkaRecord.coordinates(record) + ": "
                        + cause.getClass().getSimpleName(),
                cause);
        this.step = step;
    }

    /** Class name of what failed. */
    public String step() {
        return step;
    }
}
