package dev.kafila.record;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.errors.RetriableException;

/**
 * What a converter or transform needs, such as a schema registry, is out of reach: no fault of the record, which waits until it is
 * back. The message names what is out of reach as the converter tells it.
 */
public final class SourceUnavailableException extends RuntimeException {

    /** @param step class name of the converter or transform that asks to be tried again */
    public SourceUnavailableException(ConsumerRecord<?, ?> record, String step, RetriableException cause) {
        super(
                KafkaRecord.coordinates(record) + " cannot be read by " + step + " for now: " + cause.getMessage(),
                cause);
    }
}
