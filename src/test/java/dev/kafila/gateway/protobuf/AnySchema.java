package dev.kafila.gateway.protobuf;

import com.google.protobuf.AnyProto;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;
import java.util.List;
import java.util.Random;

/** Schemas of every kind of field, in messages that hold each other, in proto2 and proto3. */
final class AnySchema {
    private static final int MESSAGES = 3;
    private static final FileDescriptor[] IMPORTS = {
        AnyProto.getDescriptor(),
        DurationProto.getDescriptor(),
        FieldMaskProto.getDescriptor(),
        StructProto.getDescriptor(),
        TimestampProto.getDescriptor(),
        WrappersProto.getDescriptor()
    };
    private static final List<String> WELL_KNOWN = List.of(
            "Any",
            "Duration",
            "FieldMask",
            "Struct",
            "Value",
            "ListValue",
            "Timestamp",
            "BoolValue",
            "BytesValue",
            "StringValue",
            "DoubleValue",
            "FloatValue",
            "Int32Value",
            "Int64Value",
            "UInt32Value",
            "UInt64Value");
    private static final List<FieldDescriptorProto.Type> SINGLE = List.of(
            FieldDescriptorProto.Type.TYPE_INT32,
            FieldDescriptorProto.Type.TYPE_SINT32,
            FieldDescriptorProto.Type.TYPE_SFIXED32,
            FieldDescriptorProto.Type.TYPE_UINT32,
            FieldDescriptorProto.Type.TYPE_FIXED32,
            FieldDescriptorProto.Type.TYPE_INT64,
            FieldDescriptorProto.Type.TYPE_SINT64,
            FieldDescriptorProto.Type.TYPE_SFIXED64,
            FieldDescriptorProto.Type.TYPE_UINT64,
            FieldDescriptorProto.Type.TYPE_FIXED64,
            FieldDescriptorProto.Type.TYPE_FLOAT,
            FieldDescriptorProto.Type.TYPE_DOUBLE,
            FieldDescriptorProto.Type.TYPE_BOOL,
            FieldDescriptorProto.Type.TYPE_STRING,
            FieldDescriptorProto.Type.TYPE_BYTES);
    private static final List<FieldDescriptorProto.Type> KEYS = List.of(
            FieldDescriptorProto.Type.TYPE_STRING,
            FieldDescriptorProto.Type.TYPE_BOOL,
            FieldDescriptorProto.Type.TYPE_INT32,
            FieldDescriptorProto.Type.TYPE_UINT64,
            FieldDescriptorProto.Type.TYPE_SFIXED64,
            FieldDescriptorProto.Type.TYPE_FIXED32);

    private final Random random;
    private final boolean old;

    private AnySchema(Random random) {
        this.random = random;
        this.old = random.nextInt(3) == 0;
    }

    static Descriptor of(Random random) {
        try {
            return FileDescriptor.buildFrom(new AnySchema(random).file(), IMPORTS)
                    .getMessageTypes()
                    .get(0);
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    private FileDescriptorProto file() {
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder()
                .setName("any.proto")
                .setPackage("p")
                .setSyntax(old ? "proto2" : "proto3")
                .addEnumType(EnumDescriptorProto.newBuilder()
                        .setName("E")
                        .addValue(EnumValueDescriptorProto.newBuilder()
                                .setName("ZERO")
                                .setNumber(0))
                        .addValue(EnumValueDescriptorProto.newBuilder()
                                .setName("SEVEN")
                                .setNumber(7)));
        for (FileDescriptor imported : IMPORTS) {
            file.addDependency(imported.getName());
        }
        for (int i = 0; i < MESSAGES; i++) {
            file.addMessageType(message("M" + i));
        }
        return file.build();
    }

    private DescriptorProto message(String name) {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
        int fields = 1 + random.nextInt(8);
        for (int number = 1; number <= fields; number++) {
            FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder()
                    .setName("field_" + number)
                    .setNumber(number)
                    .setLabel(Label.LABEL_OPTIONAL);
            switch (random.nextInt(6)) {
                case 0 -> typed(field).setLabel(Label.LABEL_REPEATED);
                case 1 -> mapOf(field, message, name);
                case 2 -> typed(field).setOneofIndex(0);
                case 3 -> field.setType(one(SINGLE)).setLabel(old ? Label.LABEL_REQUIRED : Label.LABEL_OPTIONAL);
                default -> typed(field);
            }
            message.addField(field);
        }
        if (message.getFieldList().stream().anyMatch(FieldDescriptorProto::hasOneofIndex)) {
            message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("one"));
        }
        return message.build();
    }

    private void mapOf(FieldDescriptorProto.Builder field, DescriptorProto.Builder message, String messageName) {
        String entry = "Field" + field.getNumber() + "Entry";
        message.addNestedType(DescriptorProto.newBuilder()
                .setName(entry)
                .setOptions(MessageOptions.newBuilder().setMapEntry(true))
                .addField(FieldDescriptorProto.newBuilder()
                        .setName("key")
                        .setNumber(1)
                        .setLabel(Label.LABEL_OPTIONAL)
                        .setType(one(KEYS)))
                .addField(typed(FieldDescriptorProto.newBuilder()
                        .setName("value")
                        .setNumber(2)
                        .setLabel(Label.LABEL_OPTIONAL))));
        field.setLabel(Label.LABEL_REPEATED)
                .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                .setTypeName(".p." + messageName + "." + entry);
    }

    private FieldDescriptorProto.Builder typed(FieldDescriptorProto.Builder field) {
        return switch (random.nextInt(6)) {
            case 0 ->
                field.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(".p.M" + random.nextInt(MESSAGES));
            case 1 ->
                field.setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                        .setTypeName(".google.protobuf." + one(WELL_KNOWN));
            case 2 ->
                field.setType(FieldDescriptorProto.Type.TYPE_ENUM)
                        .setTypeName(random.nextInt(5) == 0 ? ".google.protobuf.NullValue" : ".p.E");
            default -> field.setType(one(SINGLE));
        };
    }

    private <T> T one(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
