package dev.kafila.schema;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/** Makes Connect values of Protobuf messages. */
final class ProtobufValues {
    static final String TIMESTAMP = "google.protobuf.Timestamp";
    static final String DATE = "google.type.Date";
    static final String TIME = "google.type.TimeOfDay";
    static final String DECIMAL = "confluent.type.Decimal";

    private final ProtobufOptions options;

    ProtobufValues(ProtobufOptions options) {
        this.options = options;
    }

    /** @param schema of {@link ProtobufSchemas#root} */
    Object root(Schema schema, Message message) {
        return schema.type() == Schema.Type.STRUCT ? struct(schema, message) : wrapped(schema, message);
    }

    private Struct struct(Schema schema, Message message) {
        Struct struct = new Struct(schema);
        for (OneofDescriptor oneOf : message.getDescriptorForType().getRealOneofs()) {
            FieldDescriptor set = message.getOneofFieldDescriptor(oneOf);
            if (set != null) {
                Schema unionSchema =
                        schema.field(ProtobufSchemas.unionField(oneOf)).schema();
                Struct union = new Struct(unionSchema);
                union.put(set.getName(), field(unionSchema.field(set.getName()).schema(), set, message));
                struct.put(ProtobufSchemas.unionField(oneOf), union);
            }
        }
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.getRealContainingOneof() == null && isThere(field, message)) {
                struct.put(field.getName(), field(schema.field(field.getName()).schema(), field, message));
            }
        }
        return struct;
    }

    /** A field that knows whether it is set is left out if it is not, any other has its default. */
    private static boolean isThere(FieldDescriptor field, Message message) {
        return !field.hasPresence() || message.hasField(field);
    }

    private Object field(Schema schema, FieldDescriptor field, Message message) {
        Object value = message.getField(field);
        if (field.isMapField()) {
            return map(schema, field, (List<?>) value);
        }
        if (!field.isRepeated()) {
            return single(schema, field, value);
        }
        List<Object> list = new ArrayList<>();
        ((List<?>) value).forEach(element -> list.add(single(schema.valueSchema(), field, element)));
        return list;
    }

    private Map<Object, Object> map(Schema schema, FieldDescriptor field, List<?> entries) {
        FieldDescriptor key = field.getMessageType().findFieldByName("key");
        FieldDescriptor value = field.getMessageType().findFieldByName("value");
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Object entry : entries) {
            map.put(field(schema.keySchema(), key, (Message) entry), field(schema.valueSchema(), value, (Message)
                    entry));
        }
        return map;
    }

    private Object single(Schema schema, FieldDescriptor field, Object value) {
        return switch (field.getType()) {
            case INT32, SINT32, SFIXED32 -> integer(schema, field, (Integer) value);
            case UINT32, FIXED32 -> Integer.toUnsignedLong((Integer) value);
            case UINT64, FIXED64 -> unsigned(field, (Long) value);
            case BYTES -> ByteBuffer.wrap(((ByteString) value).toByteArray());
            case ENUM ->
                options.numbersForEnums()
                        ? (Object) ((EnumValueDescriptor) value).getNumber()
                        : ((EnumValueDescriptor) value).getName();
            case MESSAGE, GROUP -> message(schema, (Message) value);
            default -> value;
        };
    }

    private static Object integer(Schema schema, FieldDescriptor field, int value) {
        return switch (schema.type()) {
            case INT8 -> Byte.valueOf((byte) inRange(field, value, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case INT16 -> Short.valueOf((short) inRange(field, value, Short.MIN_VALUE, Short.MAX_VALUE));
            default -> Integer.valueOf(value);
        };
    }

    private static int inRange(FieldDescriptor field, int value, int least, int greatest) {
        if (value < least || value > greatest) {
            throw new DataException("Field " + field.getFullName() + " does not fit into its connect.type");
        }
        return value;
    }

    /** Connect has no greater integer than int64; what is beyond it must not turn negative. */
    private static long unsigned(FieldDescriptor field, long value) {
        if (value < 0) {
            throw new DataException("Field " + field.getFullName() + " holds an unsigned number beyond 2^63 - 1, which"
                    + " Kafka Connect's int64 cannot hold");
        }
        return value;
    }

    private Object message(Schema schema, Message message) {
        return switch (message.getDescriptorForType().getFullName()) {
            case TIMESTAMP -> timestamp(message);
            case DATE -> date(message);
            case TIME -> time(message);
            case DECIMAL -> decimal(message);
            default -> root(schema, message);
        };
    }

    private Object wrapped(Schema schema, Message message) {
        return field(schema, message.getDescriptorForType().findFieldByName("value"), message);
    }

    private static Object timestamp(Message message) {
        long millis = Math.multiplyExact(number(message, "seconds"), 1_000L);
        return Timestamp.toLogical(
                Timestamp.SCHEMA, Math.addExact(millis, TimeUnit.NANOSECONDS.toMillis(number(message, "nanos"))));
    }

    private static Object date(Message message) {
        LocalDate date = LocalDate.of(
                (int) number(message, "year"), (int) number(message, "month"), (int) number(message, "day"));
        return Date.toLogical(Date.SCHEMA, Math.toIntExact(date.toEpochDay()));
    }

    private static Object time(Message message) {
        LocalTime time = LocalTime.of(
                (int) number(message, "hours"),
                (int) number(message, "minutes"),
                (int) number(message, "seconds"),
                (int) number(message, "nanos"));
        return Time.toLogical(Time.SCHEMA, (int) TimeUnit.NANOSECONDS.toMillis(time.toNanoOfDay()));
    }

    private static BigDecimal decimal(Message message) {
        ByteString unscaled =
                (ByteString) message.getField(message.getDescriptorForType().findFieldByName("value"));
        return new BigDecimal(unscaled.isEmpty() ? BigInteger.ZERO : new BigInteger(unscaled.toByteArray()), (int)
                number(message, "scale"));
    }

    private static long number(Message message, String field) {
        return ((Number) message.getField(message.getDescriptorForType().findFieldByName(field))).longValue();
    }
}
