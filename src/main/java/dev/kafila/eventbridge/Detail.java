package dev.kafila.eventbridge;

import dev.kafila.format.ConnectJson;
import dev.kafila.format.HeaderText;
import dev.kafila.format.PayloadBuffer;
import dev.kafila.record.KafkaRecord;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.SchemaAndValue;

/** The detail of an event: a JSON object with what a record holds and where it was, as AWS's own sink connector for Kafka writes it. */
final class Detail {
    // The order of the members is part of the contract.
    private static final byte[] TOPIC = ascii("{\"topic\":");
    private static final byte[] PARTITION = ascii(",\"partition\":");
    private static final byte[] OFFSET = ascii(",\"offset\":");
    private static final byte[] TIMESTAMP = ascii(",\"timestamp\":");
    private static final byte[] TIMESTAMP_TYPE = ascii(",\"timestampType\":");
    private static final byte[] HEADERS = ascii(",\"headers\":");
    private static final byte[] KEY = ascii(",\"key\":");
    private static final byte[] VALUE = ascii(",\"value\":");

    private Detail() {}

    /** Writes the detail; throws as {@link ConnectJson#write} where a key, value or header has no JSON. */
    static void write(KafkaRecord record, PayloadBuffer out) {
        ConsumerRecord<byte[], byte[]> source = record.source();
        out.write(TOPIC);
        out.string(record.topic());
        out.write(PARTITION);
        out.number(record.partition());
        out.write(OFFSET);
        out.number(source.offset());
        out.write(TIMESTAMP);
        if (record.timestamp() == ConsumerRecord.NO_TIMESTAMP) {
            out.nullValue();
        } else {
            out.number(record.timestamp());
        }
        out.write(TIMESTAMP_TYPE);
        out.string(source.timestampType().name);
        out.write(HEADERS);
        HeaderText.write(record, out);
        out.write(KEY);
        data(record.key(), out);
        out.write(VALUE);
        data(record.value(), out);
        out.write('}');
    }

    /** A tombstone is one, whatever its schema says of nulls. */
    private static void data(SchemaAndValue data, PayloadBuffer out) {
        if (data.value() == null) {
            out.nullValue();
        } else {
            ConnectJson.write(data, out);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
