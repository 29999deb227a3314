package dev.kafila.schema;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** Makes the Connect schema of one message. Names and parameters are those that Confluent's converter gives, for whoever looks at them. */
final class ProtobufSchemas {
    private static final String NAMESPACE = "io.confluent.connect.protobuf.";
    private static final String TAG = NAMESPACE + "Tag";
    private static final String TYPE = NAMESPACE + "Type";
    private static final String ENUM = NAMESPACE + "Enum";
    private static final String UNION = NAMESPACE + "Union.";
    private static final String PRECISION = "connect.decimal.precision";

    private final ProtobufOptions options;
    /** Of the messages that were met: a second use refers to the first, which is how a message can hold itself. */
    private final Map<Descriptor, SchemaBuilder> structs = new HashMap<>();

    ProtobufSchemas(ProtobufOptions options) {
        this.options = options;
    }

    /** @param version null: unknown */
    Schema root(Descriptor message, Integer version) {
        SchemaBuilder wrapped = options.unwrappedRoots() ? unwrapped(message) : null;
        SchemaBuilder root = wrapped == null ? struct(message) : wrapped;
        if (version != null) {
            root.version(version);
        }
        return root.build();
    }

    /** The name of the field that holds which member of a oneof is set. */
    static String unionField(OneofDescriptor oneOf) {
        return oneOf.getName() + "_" + oneOf.getIndex();
    }

    /** The type that a wrapper such as {@code google.protobuf.StringValue} wraps; null for every other message. */
    static SchemaBuilder unwrapped(Descriptor message) {
        return switch (message.getFullName()) {
            case "google.protobuf.DoubleValue" -> SchemaBuilder.float64();
            case "google.protobuf.FloatValue" -> SchemaBuilder.float32();
            case "google.protobuf.Int64Value", "google.protobuf.UInt64Value", "google.protobuf.UInt32Value" ->
                SchemaBuilder.int64();
            case "google.protobuf.Int32Value" -> SchemaBuilder.int32();
            case "google.protobuf.BoolValue" -> SchemaBuilder.bool();
            case "google.protobuf.StringValue" -> SchemaBuilder.string();
            case "google.protobuf.BytesValue" -> SchemaBuilder.bytes();
            default -> null;
        };
    }

    private String name(GenericDescriptor descriptor) {
        return options.fullNames() ? descriptor.getFullName() : descriptor.getName();
    }

    private SchemaBuilder struct(Descriptor message) {
        SchemaBuilder struct = SchemaBuilder.struct().name(name(message));
        structs.put(message, struct);
        for (OneofDescriptor oneOf : message.getRealOneofs()) {
            SchemaBuilder union =
                    SchemaBuilder.struct().name(UNION + name(oneOf)).optional();
            oneOf.getFields().forEach(member -> union.field(member.getName(), field(member)));
            struct.field(unionField(oneOf), union.build());
        }
        for (FieldDescriptor field : message.getFields()) {
            if (field.getRealContainingOneof() == null) {
                struct.field(field.getName(), field(field));
            }
        }
        return struct;
    }

    private Schema field(FieldDescriptor field) {
        String tag = String.valueOf(field.getNumber());
        if (field.isMapField()) {
            Descriptor entry = field.getMessageType();
            return SchemaBuilder.map(field(entry.findFieldByName("key")), field(entry.findFieldByName("value")))
                    .name(mapName(entry))
                    .optional()
                    .parameter(TAG, tag)
                    .build();
        }
        boolean again =
                field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && structs.containsKey(field.getMessageType());
        if (!field.isRepeated()) {
            return again
                    ? new RepeatedStructSchema(structs.get(field.getMessageType()), Map.of(TAG, tag))
                    : single(field).optional().parameter(TAG, tag).build();
        }
        Schema element = again
                ? new RepeatedStructSchema(structs.get(field.getMessageType()), Map.of())
                : single(field).optional().build();
        return SchemaBuilder.array(element).optional().parameter(TAG, tag).build();
    }

    private SchemaBuilder single(FieldDescriptor field) {
        return switch (field.getType()) {
            case INT32, SINT32, SFIXED32 -> integer(field);
            case UINT32, FIXED32, INT64, UINT64, SINT64, FIXED64, SFIXED64 ->
                typed(SchemaBuilder.int64(), field, FieldDescriptor.Type.INT64);
            case FLOAT -> SchemaBuilder.float32();
            case DOUBLE -> SchemaBuilder.float64();
            case BOOL -> SchemaBuilder.bool();
            case STRING -> SchemaBuilder.string();
            case BYTES -> SchemaBuilder.bytes();
            case ENUM -> enumeration(field.getEnumType());
            case MESSAGE, GROUP -> message(field);
        };
    }

    private static SchemaBuilder integer(FieldDescriptor field) {
        return switch (ProtobufMeta.read(field, "connect.type")) {
            case "int8" -> SchemaBuilder.int8();
            case "int16" -> SchemaBuilder.int16();
            default -> typed(SchemaBuilder.int32(), field, FieldDescriptor.Type.INT32);
        };
    }

    private static SchemaBuilder typed(SchemaBuilder schema, FieldDescriptor field, FieldDescriptor.Type usual) {
        return field.getType() == usual
                ? schema
                : schema.parameter(TYPE, field.getType().toString().toLowerCase(Locale.ROOT));
    }

    private SchemaBuilder enumeration(EnumDescriptor descriptor) {
        SchemaBuilder schema = options.numbersForEnums() ? SchemaBuilder.int32() : SchemaBuilder.string();
        schema.name(name(descriptor)).parameter(ENUM, descriptor.getName());
        for (EnumValueDescriptor value : descriptor.getValues()) {
            schema.parameter(ENUM + "." + value.getName(), String.valueOf(value.getNumber()));
        }
        return schema;
    }

    private SchemaBuilder message(FieldDescriptor field) {
        Descriptor message = field.getMessageType();
        SchemaBuilder wrapped = options.unwrappedNullables() ? unwrapped(message) : null;
        if (wrapped != null) {
            return wrapped;
        }
        return switch (message.getFullName()) {
            case ProtobufValues.TIMESTAMP -> Timestamp.builder();
            case ProtobufValues.DATE -> Date.builder();
            case ProtobufValues.TIME -> Time.builder();
            case ProtobufValues.DECIMAL -> decimal(field);
            default -> struct(message);
        };
    }

    private static SchemaBuilder decimal(FieldDescriptor field) {
        String scale = ProtobufMeta.read(field, "scale");
        SchemaBuilder decimal = Decimal.builder(scale.isEmpty() ? 0 : Integer.parseInt(scale));
        String precision = ProtobufMeta.read(field, "precision");
        return precision.isEmpty() ? decimal : decimal.parameter(PRECISION, precision);
    }

    /** The field's own name, as it can be told from the name of the type of its entries. */
    private String mapName(Descriptor entry) {
        String name = entry.getName();
        String field = name.substring(0, name.length() - "Entry".length())
                .replaceAll("(?<!^)([A-Z])", "_$1")
                .toLowerCase(Locale.ROOT);
        String full = entry.getFullName();
        return options.fullNames() ? full.substring(0, full.length() - name.length()) + field : field;
    }
}
