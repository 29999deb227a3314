package dev.kafila.record;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.header.Headers;

/**
 * A record in Kafka Connect's model: as it was decoded, and perhaps transformed.
 *
 * @param source    the record as the broker sent it, whatever a transform made of it
 * @param topic     of the source, unless a transform named another
 * @param partition of the source, unless a transform named another
 * @param timestamp milliseconds since 1970; {@link ConsumerRecord#NO_TIMESTAMP} if it has none
 * @param key       {@link SchemaAndValue#NULL} for a null key, and for every record that was not decoded
 * @param value     {@link SchemaAndValue#NULL} for a tombstone, and for every record that was not decoded
 * @param headers   null if they were not decoded: then they are the source's
 */
public record KafkaRecord(
        ConsumerRecord<byte[], byte[]> source,
        String topic,
        int partition,
        long timestamp,
        SchemaAndValue key,
        SchemaAndValue value,
        Headers headers) {

    /** A record with its key and value, and everything else as the source has it. */
    public KafkaRecord(ConsumerRecord<byte[], byte[]> source, SchemaAndValue key, SchemaAndValue value) {
        this(source, source.topic(), source.partition(), source.timestamp(), key, value, null);
    }

    /** A record for formats that carry the bytes as they are. */
    public static KafkaRecord undecoded(ConsumerRecord<byte[], byte[]> source) {
        return new KafkaRecord(source, SchemaAndValue.NULL, SchemaAndValue.NULL);
    }

    /** Whether a transform named another topic or partition than the source's. */
    public boolean isRenamed() {
        return partition != source.partition() || !topic.equals(source.topic());
    }

    /** The record's place for messages and logs, {@code orders-0@7}. */
    public static String coordinates(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    public String coordinates() {
        return coordinates(source);
    }
}
