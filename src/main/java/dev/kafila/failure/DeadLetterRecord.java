package dev.kafila.failure;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The form of a dead letter in a topic: the original key, value, headers and timestamp, and the reason in further headers. */
public final class DeadLetterRecord {
    private DeadLetterRecord() {}

    /**
     * Makes the dead letter of one record.
     *
     * @param sink   that could not deliver it
     * @param member of the group in this process
     */
    public static ProducerRecord<byte[], byte[]> of(String topic, FailedRecord failed, Sink sink, int member) {
        return of(topic, failed, DeadLetterFields.of(failed, sink, member));
    }

    static ProducerRecord<byte[], byte[]> of(String topic, FailedRecord failed, Map<String, String> fields) {
        ConsumerRecord<byte[], byte[]> record = failed.record();
        Headers headers = new RecordHeaders();
        for (Header header : record.headers()) {
            // What an earlier dead letter said is replaced, else a record that comes back again and again grows.
            if (!fields.containsKey(header.key())) {
                headers.add(header);
            }
        }
        fields.forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        Long timestamp = record.timestamp() < 0 ? null : record.timestamp();
        return new ProducerRecord<>(topic, null, timestamp, record.key(), record.value(), headers);
    }
}
