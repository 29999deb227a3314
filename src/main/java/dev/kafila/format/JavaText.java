package dev.kafila.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/**
 * Connect's data as the text that {@code String.valueOf} makes of it, but for bytes, which are base64 wherever they are: their Java text is
 * their place in memory.
 */
final class JavaText {
    private static final int MAX_DEPTH = 1000;

    private JavaText() {}

    static String of(Object value) {
        if (value instanceof Struct || value instanceof Map<?, ?> || value instanceof Collection<?>) {
            StringBuilder text = new StringBuilder();
            append(value, 0, text);
            return text.toString();
        }
        return leaf(value);
    }

    private static void append(Object value, int depth, StringBuilder text) {
        if (depth > MAX_DEPTH) {
            throw new DataException("Nested deeper than " + MAX_DEPTH + " levels");
        }
        if (value instanceof Struct struct) {
            struct(struct, depth, text);
        } else if (value instanceof Map<?, ?> map) {
            map(map, depth, text);
        } else if (value instanceof Collection<?> values) {
            collection(values, depth, text);
        } else {
            text.append(leaf(value));
        }
    }

    private static void struct(Struct struct, int depth, StringBuilder text) {
        text.append("Struct{");
        String separator = "";
        for (Field field : struct.schema().fields()) {
            Object value = struct.getWithoutDefault(field.name());
            if (value != null) {
                text.append(separator).append(field.name()).append('=');
                append(value, depth + 1, text);
                separator = ",";
            }
        }
        text.append('}');
    }

    private static void map(Map<?, ?> map, int depth, StringBuilder text) {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator);
            append(entry.getKey(), depth + 1, text);
            text.append('=');
            append(entry.getValue(), depth + 1, text);
            separator = ", ";
        }
        text.append('}');
    }

    private static void collection(Collection<?> values, int depth, StringBuilder text) {
        text.append('[');
        String separator = "";
        for (Object value : values) {
            text.append(separator);
            append(value, depth + 1, text);
            separator = ", ";
        }
        text.append(']');
    }

    private static String leaf(Object value) {
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            return StandardCharsets.ISO_8859_1
                    .decode(Base64.getEncoder().encode(buffer.duplicate()))
                    .toString();
        }
        return String.valueOf(value);
    }
}
