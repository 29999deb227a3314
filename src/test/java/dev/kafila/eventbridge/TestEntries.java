package dev.kafila.eventbridge;

import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordReader;
import dev.kafila.record.TestRecords;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.SchemaAndValue;

/** What makes entries, as tests need it. */
final class TestEntries {
    /** Bytes of a request: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
    static final int LIMIT = 1_048_576;

    private TestEntries() {}

    /** Options of a sink to the bus {@code orders}; parameters are names and values in turn. */
    static EntryOptions options(String... parameters) {
        Map<String, String> values = new HashMap<>(Map.of("bus", "orders"));
        for (int at = 0; at < parameters.length; at += 2) {
            values.put(parameters[at], parameters[at + 1]);
        }
        return EntryOptions.of(name -> values.getOrDefault(name, ""));
    }

    static EntryReader reader(RecordReader records, int limit, String... parameters) {
        return new EntryReader(records, new EntryFormatter(options(parameters), limit));
    }

    /** Reads keys and values as text. */
    static KafkaRecord text(ConsumerRecord<byte[], byte[]> record) {
        return new KafkaRecord(record, text(record.key()), text(record.value()));
    }

    private static SchemaAndValue text(byte[] bytes) {
        return new SchemaAndValue(null, bytes == null ? null : new String(bytes, StandardCharsets.UTF_8));
    }

    /** A record whose value is without a schema. */
    static KafkaRecord valued(Object value) {
        return new KafkaRecord(
                TestRecords.record(7, "k", "v"), new SchemaAndValue(null, "k"), new SchemaAndValue(null, value));
    }
}
