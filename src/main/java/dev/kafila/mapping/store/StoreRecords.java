package dev.kafila.mapping.store;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads records of the topic; those that are not ours are told of and count for nothing. */
final class StoreRecords {
    private static final Logger LOG = LoggerFactory.getLogger(StoreRecords.class);
    private static final int LONGEST_KEY = 200;

    private StoreRecords() {}

    static Optional<StoreRecord> read(ConsumerRecord<byte[], byte[]> record) {
        String text = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        StoreKey key = StoreKey.parse(text).orElse(null);
        if (key == null) {
            skipped(record, text, "no key of an event source mapping");
            return Optional.empty();
        }
        try {
            Long appended = record.timestampType() == TimestampType.LOG_APPEND_TIME ? record.timestamp() : null;
            Object value = record.value() == null ? null : StoreJson.read(key, record.value(), appended);
            return Optional.of(new StoreRecord(key, value, record.offset(), record.timestamp()));
        } catch (RuntimeException e) {
            // Whatever somebody else wrote, it must not end the reading. What other exceptions say may show it.
            skipped(
                    record,
                    text,
                    e instanceof IllegalArgumentException
                            ? e.getMessage()
                            : e.getClass().getSimpleName());
            // As if the key were deleted: what it held before may be compacted away, and later readers never see it.
            return Optional.of(new StoreRecord(key, null, record.offset(), record.timestamp()));
        }
    }

    private static void skipped(ConsumerRecord<byte[], byte[]> record, String key, String reason) {
        String shown = key.substring(0, Math.min(key.length(), LONGEST_KEY)).replaceAll("\\p{Cntrl}", "?");
        LOG.warn(
                "{}-{}@{} with the key '{}' is left out: {}. Whoever wrote it should delete it",
                record.topic(),
                record.partition(),
                record.offset(),
                shown,
                reason);
    }
}
