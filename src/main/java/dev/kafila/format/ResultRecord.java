package dev.kafila.format;

import dev.kafila.record.KafkaRecord;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The value of a record of the response topic, as Confluent's AWS Lambda sink writes it: what a function made of a record, and the place
 * of that record in its source.
 */
public final class ResultRecord {
    // The order of the members is part of the contract.
    private static final byte[] TOPIC = ascii("{\"topic\":");
    private static final byte[] PARTITION = ascii(",\"partition\":");
    private static final byte[] OFFSET = ascii(",\"offset\":");
    private static final byte[] TIMESTAMP = ascii(",\"timestamp\":");
    private static final byte[] HEADERS = ascii(",\"headers\":");
    private static final byte[] KEY = ascii(",\"key\":");
    private static final byte[] VALUE = ascii(",\"value\":");

    private ResultRecord() {}

    /**
     * Writes one object. Place and time are those of the source, whatever a transform made of them; key and headers are those of the
     * record that was sent. Throws as a formatter does where the key has no JSON.
     *
     * @param result JSON of the function, written as it is; empty: it answered nothing, which is {@code null}
     */
    public static void write(KafkaRecord record, byte[] result, PayloadBuffer out) {
        ConsumerRecord<byte[], byte[]> source = record.source();
        out.write(TOPIC);
        out.string(source.topic());
        out.write(PARTITION);
        out.number(source.partition());
        out.write(OFFSET);
        out.number(source.offset());
        out.write(TIMESTAMP);
        out.number(Timestamps.written(source.timestamp()));
        out.write(HEADERS);
        HeaderText.write(record, out);
        out.write(KEY);
        ConnectJson.write(record.key(), out);
        out.write(VALUE);
        if (result.length == 0) {
            out.nullValue();
        } else {
            out.write(result);
        }
        out.write('}');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
