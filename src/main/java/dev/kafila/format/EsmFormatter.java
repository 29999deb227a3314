package dev.kafila.format;

import dev.kafila.record.KafkaRecord;
import dev.kafila.schema.SchemaMetadata;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.connect.data.SchemaAndValue;

/**
 * The event that an AWS event source mapping sends: key and value as base64, header values as signed bytes. It is the same for one
 * record as for many, since functions read it with their runtime's own event class. The bytes are the broker's, or, if records are decoded,
 * those of the decoded data, and each record names the schemas that it was written with.
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
    private static final byte[] KEY_SCHEMA = ascii(",\"keySchemaMetadata\":{\"dataFormat\":");
    private static final byte[] VALUE_SCHEMA = ascii(",\"valueSchemaMetadata\":{\"dataFormat\":");
    private static final byte[] SCHEMA_ID = ascii(",\"schemaId\":");
    private static final byte[] EVENT_END = ascii("]}}");

    private final byte[] eventStart;
    private final FormatOptions.Input input;

    EsmFormatter(FormatOptions options) {
        input = options.input();
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
        return input.decoded();
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
        out.string(record.topic());
        out.write(PARTITION);
        out.number(record.partition());
        out.write(OFFSET);
        out.number(source.offset());
        out.write(TIMESTAMP);
        out.number(Timestamps.written(record.timestamp()));
        out.write(TIMESTAMP_TYPE);
        out.string(source.timestampType().name());
        byte[] key = input.decoded() ? ConnectBytes.of(record.key()) : source.key();
        byte[] value = input.decoded() ? ConnectBytes.of(record.value()) : source.value();
        // A null key is left out, a null value is null: both differ from "", which is empty.
        if (key != null) {
            out.write(KEY);
            out.base64(key);
        }
        out.write(VALUE);
        if (value == null) {
            out.nullValue();
        } else {
            out.base64(value);
        }
        headers(record, out);
        if (input.decoded()) {
            schema(KEY_SCHEMA, SchemaMetadata.of(record.key(), source.key(), input.keyConverter()), out);
            schema(VALUE_SCHEMA, SchemaMetadata.of(record.value(), source.value(), input.valueConverter()), out);
        }
        out.write('}');
    }

    private void headers(KafkaRecord record, PayloadBuffer out) {
        out.write(HEADERS);
        boolean first = true;
        if (input.decoded() && record.headers() != null) {
            for (org.apache.kafka.connect.header.Header header : record.headers()) {
                byte[] value = ConnectBytes.of(new SchemaAndValue(header.schema(), header.value()));
                header(first, header.key(), value, out);
                first = false;
            }
        } else {
            for (Header header : record.source().headers()) {
                header(first, header.key(), header.value(), out);
                first = false;
            }
        }
        out.write(']');
    }

    private static void header(boolean first, String name, byte[] value, PayloadBuffer out) {
        if (!first) {
            out.write(',');
        }
        out.write('{');
        out.string(name);
        out.write(':');
        signedBytes(value, out);
        out.write('}');
    }

    /** Nothing for a record that names no schema. */
    private static void schema(byte[] begin, SchemaMetadata metadata, PayloadBuffer out) {
        if (metadata != null) {
            out.write(begin);
            out.string(metadata.dataFormat().name());
            out.write(SCHEMA_ID);
            out.string(metadata.schemaId());
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
