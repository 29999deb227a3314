package dev.kafila.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/**
 * Connect's data as JSON. With a schema it is what {@code JsonConverter} writes; without one, what Jackson writes for the Java value,
 * as the connectors that hand such values to it do.
 */
public final class ConnectJson {
    /** As many levels as Jackson writes and reads. */
    private static final int MAX_DEPTH = 1000;

    private ConnectJson() {}

    /** Writes a key, a value or a header's value; throws {@link DataException} where it does not fit its schema or has no JSON. */
    public static void write(SchemaAndValue data, PayloadBuffer out) {
        write(data.schema(), data.value(), 0, out);
    }

    private static void write(Schema schema, Object value, int depth, PayloadBuffer out) {
        if (depth > MAX_DEPTH) {
            throw new DataException("Nested deeper than " + MAX_DEPTH + " levels");
        }
        Object present = value == null ? ifAbsent(schema) : value;
        if (present == null) {
            out.nullValue();
        } else if (schema == null) {
            schemaless(present, depth, out);
        } else if (!logical(schema, present, out)) {
            typed(schema, present, depth, out);
        }
    }

    private static Object ifAbsent(Schema schema) {
        if (schema == null) {
            return null;
        }
        if (schema.defaultValue() == null && !schema.isOptional()) {
            throw new DataException("Null where " + schema.type() + " is required and has no default");
        }
        return schema.defaultValue();
    }

    /** Returns false for what is no logical type of Connect's own. */
    private static boolean logical(Schema schema, Object value, PayloadBuffer out) {
        if (schema.name() == null) {
            return false;
        }
        switch (schema.name()) {
            case Decimal.LOGICAL_NAME -> out.base64(Decimal.fromLogical(schema, (BigDecimal) value));
            case org.apache.kafka.connect.data.Date.LOGICAL_NAME ->
                out.number(org.apache.kafka.connect.data.Date.fromLogical(schema, (Date) value));
            case Time.LOGICAL_NAME -> out.number(Time.fromLogical(schema, (Date) value));
            case Timestamp.LOGICAL_NAME -> out.number(Timestamp.fromLogical(schema, (Date) value));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void typed(Schema schema, Object value, int depth, PayloadBuffer out) {
        switch (schema.type()) {
            case INT8 -> out.number((Byte) value);
            case INT16 -> out.number((Short) value);
            case INT32 -> out.number((Integer) value);
            case INT64 -> out.number((Long) value);
            case FLOAT32 -> out.number((Float) value);
            case FLOAT64 -> out.number((Double) value);
            case BOOLEAN -> out.bool((Boolean) value);
            case STRING -> out.string(((CharSequence) value).toString());
            case BYTES -> bytes(value, out);
            case ARRAY -> array(schema.valueSchema(), (Collection<?>) value, depth, out);
            case MAP -> map(schema, (Map<?, ?>) value, depth, out);
            case STRUCT -> struct(schema, (Struct) value, depth, out);
        }
    }

    private static void bytes(Object value, PayloadBuffer out) {
        if (value instanceof byte[] bytes) {
            out.base64(bytes);
        } else {
            out.base64((ByteBuffer) value);
        }
    }

    private static void array(Schema elements, Collection<?> values, int depth, PayloadBuffer out) {
        int next = '[';
        for (Object element : values) {
            out.write(next);
            write(elements, element, depth + 1, out);
            next = ',';
        }
        close(next, '[', ']', out);
    }

    /** An object where keys are text by their schema, otherwise an array of pairs. */
    private static void map(Schema schema, Map<?, ?> entries, int depth, PayloadBuffer out) {
        if (schema.keySchema() == null) {
            // What Connect's converter of headers makes of {} names no type of keys.
            object(null, entries, depth, out);
            return;
        }
        if (schema.keySchema().type() == Schema.Type.STRING) {
            object(schema, entries, depth, out);
            return;
        }
        int next = '[';
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            out.write(next);
            out.write('[');
            write(schema.keySchema(), entry.getKey(), depth + 2, out);
            out.write(',');
            write(schema.valueSchema(), entry.getValue(), depth + 2, out);
            out.write(']');
            next = ',';
        }
        close(next, '[', ']', out);
    }

    /** The schema is null for a map without one. */
    private static void object(Schema schema, Map<?, ?> entries, int depth, PayloadBuffer out) {
        Schema values = schema == null ? null : schema.valueSchema();
        int next = '{';
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            out.write(next);
            out.string(schema == null ? name(entry.getKey()) : name(schema.keySchema(), entry.getKey()));
            out.write(':');
            write(values, entry.getValue(), depth + 1, out);
            next = ',';
        }
        close(next, '{', '}', out);
    }

    private static String name(Schema schema, Object key) {
        Object present = key == null ? ifAbsent(schema) : key;
        return present == null ? "null" : ((CharSequence) present).toString();
    }

    private static String name(Object key) {
        if (key instanceof CharSequence || key instanceof Number || key instanceof Boolean) {
            return key.toString();
        }
        throw unknown(key, "the key of a map");
    }

    private static void struct(Schema schema, Struct struct, int depth, PayloadBuffer out) {
        if (!struct.schema().equals(schema)) {
            throw new DataException("A struct has another schema than its place");
        }
        int next = '{';
        for (Field field : schema.fields()) {
            out.write(next);
            out.string(field.name());
            out.write(':');
            write(field.schema(), struct.getWithoutDefault(field.name()), depth + 1, out);
            next = ',';
        }
        close(next, '{', '}', out);
    }

    private static void schemaless(Object value, int depth, PayloadBuffer out) {
        if (value instanceof CharSequence text) {
            out.string(text.toString());
        } else if (value instanceof Boolean bool) {
            out.bool(bool);
        } else if (value instanceof Number number) {
            number(number, out);
        } else if (value instanceof byte[] || value instanceof ByteBuffer) {
            bytes(value, out);
        } else if (value instanceof Map<?, ?> map) {
            object(null, map, depth, out);
        } else if (value instanceof Collection<?> values) {
            array(null, values, depth, out);
        } else if (value instanceof Struct struct) {
            struct(struct.schema(), struct, depth, out);
        } else if (value instanceof Date date) {
            out.number(Timestamp.fromLogical(Timestamp.SCHEMA, date));
        } else {
            throw unknown(value, "JSON");
        }
    }

    private static void number(Number value, PayloadBuffer out) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            out.number(value.longValue());
        } else if (value instanceof Double real) {
            out.number(real);
        } else if (value instanceof Float real) {
            out.number(real);
        } else if (value instanceof BigDecimal || value instanceof BigInteger) {
            out.json(value.toString());
        } else {
            throw unknown(value, "a number");
        }
    }

    private static DataException unknown(Object value, String what) {
        String type = value == null ? "null" : value.getClass().getName();
        return new DataException("Nothing says how to write " + type + " as " + what);
    }

    /** Ends what may have had no element, and then was not begun. */
    private static void close(int next, char begin, char end, PayloadBuffer out) {
        if (next == begin) {
            out.write(begin);
        }
        out.write(end);
    }
}
