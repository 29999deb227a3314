package dev.kafila.format;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;

/** Connect's data so that equal data are equal: arrays of bytes compare by identity, and a null may stand for a default. */
final class ConnectData {
    private ConnectData() {}

    static Object canonical(SchemaAndValue data) {
        return canonical(data.schema(), data.value());
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static Object canonical(Schema schema, Object given) {
        Object value = given == null && schema != null ? schema.defaultValue() : given;
        if (value instanceof byte[] bytes) {
            return "bytes " + Arrays.toString(bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            return "bytes " + Arrays.toString(bytes(buffer));
        }
        if (value instanceof Float || value instanceof Double) {
            return real(((Number) value).doubleValue());
        }
        if (value instanceof Collection<?> values) {
            return values.stream()
                    .map(element -> canonical(schema.valueSchema(), element))
                    .toList();
        }
        if (value instanceof Struct struct) {
            Map<String, Object> fields = new HashMap<>();
            for (Field field : struct.schema().fields()) {
                fields.put(field.name(), canonical(field.schema(), struct.getWithoutDefault(field.name())));
            }
            return fields;
        }
        return value instanceof Map<?, ?> map ? entries(schema, map) : value;
    }

    private static Map<Object, Object> entries(Schema schema, Map<?, ?> map) {
        Map<Object, Object> entries = new HashMap<>();
        map.forEach((key, value) ->
                entries.put(canonical(schema.keySchema(), key), canonical(schema.valueSchema(), value)));
        return entries;
    }

    /** Connect's converter reads what is no number of JSON, and negative zero, as 0. */
    private static double real(double value) {
        return Double.isFinite(value) ? value + 0.0 : 0;
    }
}
