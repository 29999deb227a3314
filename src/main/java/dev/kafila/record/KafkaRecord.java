package dev.kafila.record;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.SchemaAndValue;

/**
 * A record with its key and value in Kafka Connect's model.
 *
 * @param source the record as the broker sent it
 * @param key    {@link SchemaAndValue#NULL} for a null key, and for every record that was not decoded
 * @param value  {@link SchemaAndValue#NULL} for a tombstone, and for every record that was not decoded
 */
public record KafkaRecord(ConsumerRecord<byte[], byte[]> source, SchemaAndValue key, SchemaAndValue value) {

    /** A record for formats that carry the bytes as they are. */
    public static KafkaRecord undecoded(ConsumerRecord<byte[], byte[]> source) {
        return new KafkaRecord(source, SchemaAndValue.NULL, SchemaAndValue.NULL);
    }

    /** The record's place for messages and logs, {@code orders-0@7}. */
    public static String coordinates(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    public String coordinates() {
        return coordinates(source);
    }
}
