package dev.kafila.format;

import dev.kafila.record.KafkaRecord;
import java.nio.charset.StandardCharsets;

/** The members that {@code plain} and {@code json} have in common: where and when a record was, and its headers if they are asked for. */
final class FlatRecord {
    // The order of the members is part of the contract.
    private static final byte[] TOPIC = ascii(",\"topic\":");
    private static final byte[] PARTITION = ascii(",\"partition\":");
    private static final byte[] OFFSET = ascii(",\"offset\":");
    private static final byte[] TIMESTAMP = ascii(",\"timestamp\":");
    private static final byte[] TIMESTAMP_TYPE_NAME = ascii(",\"timestampTypeName\":");
    private static final byte[] HEADERS = ascii(",\"headers\":");

    private FlatRecord() {}

    /** Ends an object that holds key and value already. */
    static void end(KafkaRecord record, boolean includeHeaders, PayloadBuffer out) {
        out.write(TOPIC);
        out.string(record.topic());
        out.write(PARTITION);
        out.number(record.partition());
        out.write(OFFSET);
        out.number(record.source().offset());
        out.write(TIMESTAMP);
        out.number(Timestamps.written(record.timestamp()));
        out.write(TIMESTAMP_TYPE_NAME);
        out.string(record.source().timestampType().name);
        if (includeHeaders) {
            out.write(HEADERS);
            HeaderText.write(record, out);
        }
        out.write('}');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
