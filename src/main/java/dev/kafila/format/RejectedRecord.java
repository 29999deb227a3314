package dev.kafila.format;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that cannot be in any payload.
 *
 * @param reason a {@link dev.kafila.record.RecordDecodeException}, {@link dev.kafila.record.RecordTransformException},
 *               {@link RecordFormatException} or {@link RecordTooLargeException}
 */
public record RejectedRecord(ConsumerRecord<byte[], byte[]> record, RuntimeException reason) {}
