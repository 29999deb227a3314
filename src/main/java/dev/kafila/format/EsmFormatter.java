package dev.kafila.format;

import dev.kafila.record.KafkaRecord;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;

/**
 * The event that an AWS event source mapping sends: key and value as base64, header values as signed bytes. It is the same for one
 * record as for many, since functions read it with their runtime's own event class.
 */
final class EsmFormatter implements RecordFormatter {
    private static final byte[] TOPIC = ascii("{\"topic\":");
    private static final byte[] PARTITION = ascii(",\"partition\":");
    private static final byte[] OFFSET = ascii(",\"offset\":");
    private static final byte[] TIMESTAMP = ascii(",\"timestamp\":");
    private static final byte[] TIMESTAMP_TYPE = ascii(",\"timestampType\":");
    private static final byte[] KEY = ascii(",\"key\":");
    private static final byte[] VALUE = ascii(",\"value\":");
    private static final byte[] HEADERS = ascii(",\"headers\":[");
    private static final byte[] RECORD_END = ascii("]}");
    private static final byte[] EVENT_END = ascii("]}}");

    private final byte[] eventStart;

    EsmFormatter(FormatOptions options) {
        PayloadBuffer out = new PayloadBuffer(256);
        out.write(ascii("{\"eventSource\":"));
        if (options.eventSourceArn().isEmpty()) {
            out.string("SelfManagedKafka");
        } else {
            out.string("aws:kafka");
            out.write(ascii(",\"eventSourceArn\":"));
            out.string(options.eventSourceArn());
        }
        out.write(ascii(",\"bootstrapServers\":"));
        out.string(options.bootstrapServers());
        out.write(ascii(",\"records\":{"));
        eventStart = out.toByteArray();
    }

    @Override
    public boolean decodes() {
        return false;
    }

    @Override
    public void begin(TopicPartition partition, PayloadBuffer out) {
        out.write(eventStart);
        out.string(partition.topic() + "-" + partition.partition());
        out.write(':');
        out.write('[');
    }

    @Override
    public void write(KafkaRecord record, PayloadBuffer out) {
        ConsumerRecord<byte[], byte[]> source = record.source();
        out.write(TOPIC);
        out.string(source.topic());
        out.write(PARTITION);
        out.number(source.partition());
        out.write(OFFSET);
        out.number(source.offset());
        out.write(TIMESTAMP);
        out.number(source.timestampType() == TimestampType.NO_TIMESTAMP_TYPE ? 0 : source.timestamp());
        out.write(TIMESTAMP_TYPE);
        out.string(source.timestampType().name());
        // A null key is left out, a null value is null: both differ from "", which is empty.
        if (source.key() != null) {
            out.write(KEY);
            out.base64(source.key());
        }
        out.write(VALUE);
        if (source.value() == null) {
            out.nullValue();
        } else {
            out.base64(source.value());
        }
        headers(source, out);
        out.write(RECORD_END);
    }

    private static void headers(ConsumerRecord<byte[], byte[]> source, PayloadBuffer out) {
        out.write(HEADERS);
        boolean first = true;
        for (Header header : source.headers()) {
            if (!first) {
                out.write(',');
            }
            first = false;
            out.write('{');
            out.string(header.key());
            out.write(':');
            signedBytes(header.value(), out);
            out.write('}');
        }
    }

    private static void signedBytes(byte[] value, PayloadBuffer out) {
        if (value == null) {
            out.nullValue();
            return;
        }
        out.write('[');
        for (int i = 0; i < value.length; i++) {
            if (i > 0) {
                out.write(',');
            }
            out.number(value[i]);
        }
        out.write(']');
    }

    @Override
    public void end(PayloadBuffer out) {
        out.write(EVENT_END);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
