package dev.kafila.format;

import dev.kafila.schema.RegistryData;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.data.SchemaAndValue;

/** Connect's data as bytes, for forms that carry bytes: bytes as they are, text in UTF-8, anything else as its JSON. */
final class ConnectBytes {
    private static final int JSON_CAPACITY = 512;

    private ConnectBytes() {}

    /** Null for null. */
    static byte[] of(SchemaAndValue data) {
        if (data instanceof RegistryData read) {
            // A text is JSON as well: whoever gets JSON parses it.
            return read.bytes() == null ? json(data) : read.bytes();
        }
        Object value = data.value();
        if (value == null) {
            return null;
        }
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] copy = new byte[buffer.remaining()];
            buffer.duplicate().get(copy);
            return copy;
        }
        if (value instanceof CharSequence text) {
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
        return json(data);
    }

    private static byte[] json(SchemaAndValue data) {
        PayloadBuffer json = new PayloadBuffer(JSON_CAPACITY);
        ConnectJson.write(data, json);
        return json.toByteArray();
    }
}
