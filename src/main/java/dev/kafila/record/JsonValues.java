package dev.kafila.record;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.errors.DataException;

/** Writes values of Connect's model as JSON: numbers with all their digits, bytes as base64, structs and maps as objects. */
public final class JsonValues {
    private JsonValues() {}

    /**
     * Writes a value.
     *
     * @param schema may be null: the value's class tells as much, but for days and times of a day
     */
    public static void write(Schema schema, Object value, JsonGenerator out) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Struct struct) {
            object(struct, out);
        } else if (value instanceof Map<?, ?> map) {
            object(schema, map, out);
        } else if (value instanceof Collection<?> list) {
            array(schema, list, out);
        } else if (value instanceof Number number) {
            number(number, out);
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof byte[] bytes) {
            out.writeBinary(bytes);
        } else if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            out.writeBinary(bytes);
        } else if (value instanceof java.util.Date date) {
            out.writeNumber(time(schema, date));
        } else if (value instanceof CharSequence || value instanceof Character) {
            out.writeString(value.toString());
        } else {
            throw new DataException(
                    "Not a value of Connect's: " + value.getClass().getName());
        }
    }

    private static void object(Struct struct, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Field field : struct.schema().fields()) {
            out.writeFieldName(field.name());
            write(field.schema(), struct.get(field), out);
        }
        out.writeEndObject();
    }

    private static void object(Schema schema, Map<?, ?> map, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.writeFieldName(String.valueOf(entry.getKey()));
            write(schema == null ? null : schema.valueSchema(), entry.getValue(), out);
        }
        out.writeEndObject();
    }

    private static void array(Schema schema, Collection<?> list, JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (Object element : list) {
            write(schema == null ? null : schema.valueSchema(), element, out);
        }
        out.writeEndArray();
    }

    private static void number(Number number, JsonGenerator out) throws IOException {
        if (number instanceof BigDecimal exact) {
            // Not in plain digits: 1e1000000000 has a billion of them.
            out.writeNumber(exact);
        } else if (number instanceof BigInteger exact) {
            out.writeNumber(exact);
        } else if (number instanceof Double fraction) {
            out.writeNumber(fraction);
        } else if (number instanceof Float fraction) {
            out.writeNumber(fraction);
        } else {
            out.writeNumber(number.longValue());
        }
    }

    /** As Connect stores it: days of a date, else milliseconds. */
    private static long time(Schema schema, java.util.Date date) {
        String name = schema == null ? null : schema.name();
        if (Date.LOGICAL_NAME.equals(name)) {
            return Date.fromLogical(schema, date);
        }
        return Time.LOGICAL_NAME.equals(name)
                ? Time.fromLogical(schema, date)
                : date.toInstant().toEpochMilli();
    }
}
