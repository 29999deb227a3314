package dev.kafila.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How old a record may be when a request goes out.
 *
 * @param most null: as old as it likes
 */
public record RecordAge(Duration most, InstantSource clock) {

    /** Those that are too old, in order. */
    public List<ConsumerRecord<byte[], byte[]>> over(List<ConsumerRecord<byte[], byte[]>> records) {
        return most == null ? List.of() : records.stream().filter(this::isOver).toList();
    }

    /** A record without a timestamp is never too old. */
    public boolean isOver(ConsumerRecord<?, ?> record) {
        return most != null && record.timestamp() >= 0 && clock.millis() - record.timestamp() > most.toMillis();
    }
}
