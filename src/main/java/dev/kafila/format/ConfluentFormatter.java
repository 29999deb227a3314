package dev.kafila.format;

import dev.kafila.record.KafkaRecord;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.TopicPartition;

/** The payload of Confluent's AWS Lambda sink: key, value and headers as JSON by their schema. */
final class ConfluentFormatter implements RecordFormatter {
    // The order of the members is part of the contract.
    private static final byte[] TOPIC = ascii("{\"payload\":{\"topic\":");
    private static final byte[] PARTITION = ascii(",\"partition\":");
    private static final byte[] OFFSET = ascii(",\"offset\":");
    private static final byte[] KEY = ascii(",\"key\":");
    private static final byte[] VALUE = ascii(",\"value\":");
    private static final byte[] HEADERS = ascii(",\"headers\":");
    private static final byte[] TIMESTAMP = ascii(",\"timestamp\":");
    private static final byte[] END = ascii("}}");

    private final boolean batch;

    ConfluentFormatter(FormatOptions options) {
        batch = options.batch();
    }

    @Override
    public boolean decodes() {
        return true;
    }

    @Override
    public boolean decodesHeaders() {
        return true;
    }

    @Override
    public void begin(TopicPartition partition, PayloadBuffer out) {
        if (batch) {
            out.write('[');
        }
    }

    @Override
    public void write(KafkaRecord record, PayloadBuffer out) {
        out.write(TOPIC);
        out.string(record.topic());
        out.write(PARTITION);
        out.number(record.partition());
        out.write(OFFSET);
        out.number(record.source().offset());
        out.write(KEY);
        ConnectJson.write(record.key(), out);
        out.write(VALUE);
        ConnectJson.write(record.value(), out);
        out.write(HEADERS);
        HeaderText.write(record, out);
        out.write(TIMESTAMP);
        out.number(Timestamps.written(record.timestamp()));
        out.write(END);
    }

    @Override
    public void end(PayloadBuffer out) {
        if (batch) {
            out.write(']');
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
