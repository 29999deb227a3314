package dev.kafila.gateway.protobuf;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.BytesValue;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DoubleValue;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.FloatValue;
import com.google.protobuf.Int32Value;
import com.google.protobuf.Int64Value;
import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.UInt64Value;
import com.google.protobuf.Value;
import java.util.Map;

/** The messages that have a form of their own in JSON. */
enum WellKnown {
    /** Every other message: an object of its fields. */
    NOT,
    ANY,
    STRUCT,
    LIST,
    VALUE,
    WRAPPER,
    TIMESTAMP,
    DURATION,
    FIELD_MASK;

    private static final Map<String, WellKnown> BY_NAME = Map.ofEntries(
            entry(Any.getDescriptor(), ANY),
            entry(Struct.getDescriptor(), STRUCT),
            entry(ListValue.getDescriptor(), LIST),
            entry(Value.getDescriptor(), VALUE),
            entry(Timestamp.getDescriptor(), TIMESTAMP),
            entry(Duration.getDescriptor(), DURATION),
            entry(FieldMask.getDescriptor(), FIELD_MASK),
            entry(BoolValue.getDescriptor(), WRAPPER),
            entry(Int32Value.getDescriptor(), WRAPPER),
            entry(UInt32Value.getDescriptor(), WRAPPER),
            entry(Int64Value.getDescriptor(), WRAPPER),
            entry(UInt64Value.getDescriptor(), WRAPPER),
            entry(FloatValue.getDescriptor(), WRAPPER),
            entry(DoubleValue.getDescriptor(), WRAPPER),
            entry(StringValue.getDescriptor(), WRAPPER),
            entry(BytesValue.getDescriptor(), WRAPPER));

    private static Map.Entry<String, WellKnown> entry(Descriptor type, WellKnown form) {
        return Map.entry(type.getFullName(), form);
    }

    /** By the name: a schema may hold a copy of the type. */
    static WellKnown of(Descriptor type) {
        return BY_NAME.getOrDefault(type.getFullName(), NOT);
    }

    /** Whether null is a value of the field, and does not stand for none. */
    static boolean takesNull(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> of(field.getMessageType()) == VALUE;
            case ENUM -> isNullValue(field.getEnumType());
            default -> false;
        };
    }

    static boolean isNullValue(EnumDescriptor type) {
        return type.getFullName().equals(NullValue.getDescriptor().getFullName());
    }
}
