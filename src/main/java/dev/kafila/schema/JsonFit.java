package dev.kafila.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Tries to put one JSON document into a Connect schema. Used once. */
final class JsonFit {
    private boolean lossless = true;

    /** Whether everything that was put has its place, to the last digit. */
    boolean isLossless() {
        return lossless;
    }

    Object put(Schema schema, Object value) {
        if (value == null) {
            return schema.isOptional() ? null : misfit();
        }
        return switch (schema.type()) {
            case STRING -> value instanceof String ? value : misfit();
            case BOOLEAN -> value instanceof Boolean ? value : misfit();
            case INT8, INT16, INT32, INT64 -> value instanceof Long number ? integer(schema.type(), number) : misfit();
            case FLOAT32, FLOAT64 -> value instanceof Number number ? fraction(schema.type(), number) : misfit();
            case ARRAY -> value instanceof List<?> list ? list(schema, list) : misfit();
            case MAP -> value instanceof Map<?, ?> map ? map(schema, map) : misfit();
            case STRUCT -> value instanceof Map<?, ?> map ? struct(schema, map) : misfit();
            case BYTES -> misfit();
        };
    }

    private Object misfit() {
        lossless = false;
        return null;
    }

    private Object integer(Schema.Type type, long value) {
        Number fitted =
                switch (type) {
                    case INT8 -> Byte.valueOf((byte) value);
                    case INT16 -> Short.valueOf((short) value);
                    case INT32 -> Integer.valueOf((int) value);
                    default -> Long.valueOf(value);
                };
        return fitted.longValue() == value ? fitted : misfit();
    }

    private Object fraction(Schema.Type type, Number value) {
        Number fitted = type == Schema.Type.FLOAT32 ? (Number) value.floatValue() : (Number) value.doubleValue();
        boolean same = Double.isFinite(fitted.doubleValue())
                && new BigDecimal(fitted.toString()).compareTo(new BigDecimal(value.toString())) == 0;
        return same ? fitted : misfit();
    }

    private List<Object> list(Schema schema, List<?> values) {
        List<Object> list = new ArrayList<>();
        values.forEach(element -> list.add(put(schema.valueSchema(), element)));
        return list;
    }

    private Map<Object, Object> map(Schema schema, Map<?, ?> values) {
        Map<Object, Object> map = new LinkedHashMap<>();
        values.forEach((name, value) -> map.put(name, put(schema.valueSchema(), value)));
        return map;
    }

    private Object struct(Schema schema, Map<?, ?> values) {
        Struct struct = new Struct(schema);
        int found = 0;
        for (Field field : schema.fields()) {
            Object value = put(field.schema(), values.get(field.name()));
            if (!lossless) {
                return null;
            }
            found += values.containsKey(field.name()) ? 1 : 0;
            struct.put(field, value);
        }
        return found == values.size() ? struct : misfit();
    }
}
