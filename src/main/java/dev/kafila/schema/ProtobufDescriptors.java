package dev.kafila.schema;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumOptions;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.squareup.wire.Syntax;
import com.squareup.wire.schema.Field;
import com.squareup.wire.schema.internal.parser.EnumConstantElement;
import com.squareup.wire.schema.internal.parser.EnumElement;
import com.squareup.wire.schema.internal.parser.FieldElement;
import com.squareup.wire.schema.internal.parser.GroupElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.OneOfElement;
import com.squareup.wire.schema.internal.parser.OptionElement;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.TypeElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Turns a parsed {@code .proto} file into the form that Protobuf's own library builds descriptors from. What does not change how a
 * message is read or written is left out: services, extensions, reserved numbers, defaults, and all options but the names of fields in
 * JSON, {@code packed}, and those of {@link ProtobufMeta}.
 */
final class ProtobufDescriptors {
    private static final Set<String> SCALARS = Set.of(
            "double",
            "float",
            "int32",
            "int64",
            "uint32",
            "uint64",
            "sint32",
            "sint64",
            "fixed32",
            "fixed64",
            "sfixed32",
            "sfixed64",
            "bool",
            "string",
            "bytes");
    private static final String MAP = "map<";

    private final ProtoFileElement file;
    private final boolean proto3;

    ProtobufDescriptors(ProtoFileElement file) {
        this.file = file;
        proto3 = file.getSyntax() == Syntax.PROTO_3;
    }

    /** The names of what a file imports, those that it hands on last. */
    static List<String> imports(ProtoFileElement file) {
        List<String> imports = new ArrayList<>(file.getImports());
        imports.addAll(file.getPublicImports());
        return imports;
    }

    FileDescriptorProto toProto(String name) {
        FileDescriptorProto.Builder proto =
                FileDescriptorProto.newBuilder().setName(name).setSyntax(proto3 ? "proto3" : "proto2");
        if (file.getPackageName() != null) {
            proto.setPackage(file.getPackageName());
        }
        proto.addAllDependency(imports(file));
        for (int i = 0; i < file.getPublicImports().size(); i++) {
            proto.addPublicDependency(file.getImports().size() + i);
        }
        for (TypeElement type : file.getTypes()) {
            if (type instanceof MessageElement message) {
                proto.addMessageType(message(message));
            } else if (type instanceof EnumElement enumeration) {
                proto.addEnumType(enumeration(enumeration));
            }
        }
        return proto.build();
    }

    /** Nested messages come before the types that maps and groups are made of: the index in a record counts the former only. */
    private DescriptorProto message(MessageElement element) {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(element.getName());
        for (TypeElement type : element.getNestedTypes()) {
            if (type instanceof MessageElement nested) {
                message.addNestedType(message(nested));
            } else if (type instanceof EnumElement enumeration) {
                message.addEnumType(enumeration(enumeration));
            }
        }
        for (OneOfElement oneOf : element.getOneOfs()) {
            int index = message.getOneofDeclCount();
            message.addOneofDecl(OneofDescriptorProto.newBuilder().setName(oneOf.getName()));
            oneOf.getFields()
                    .forEach(field -> message.addField(field(field, message).setOneofIndex(index)));
            oneOf.getGroups()
                    .forEach(group -> message.addField(group(group, message).setOneofIndex(index)));
        }
        element.getGroups().forEach(group -> message.addField(group(group, message)));
        element.getFields().forEach(field -> message.addField(field(field, message)));
        addPresence(message);
        return message.build();
    }

    private FieldDescriptorProto.Builder field(FieldElement element, DescriptorProto.Builder parent) {
        FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder()
                .setName(element.getName())
                .setNumber(element.getTag())
                .setLabel(label(element.getLabel()));
        ProtobufMeta.write(element.getOptions(), field);
        addWriting(element, field);
        String type = element.getType();
        if (type.startsWith(MAP)) {
            DescriptorProto entry = mapEntry(element.getName(), type);
            parent.addNestedType(entry);
            return field.setLabel(FieldDescriptorProto.Label.LABEL_REPEATED)
                    .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                    .setTypeName(entry.getName());
        }
        if (proto3 && element.getLabel() == Field.Label.OPTIONAL) {
            field.setProto3Optional(true);
        }
        return typed(field, type);
    }

    /** What does not matter to who reads records: the field's name in JSON, and how a list of numbers is written. */
    private static void addWriting(FieldElement element, FieldDescriptorProto.Builder field) {
        if (element.getJsonName() != null) {
            field.setJsonName(element.getJsonName());
        }
        for (OptionElement option : element.getOptions()) {
            if (option.getName().equals("packed") && !option.isParenthesized()) {
                field.getOptionsBuilder().setPacked(Boolean.parseBoolean(String.valueOf(option.getValue())));
            }
        }
    }

    /** Whether a name is a message's or an enum's, and from where it is looked up, is left to Protobuf's library. */
    private static FieldDescriptorProto.Builder typed(FieldDescriptorProto.Builder field, String type) {
        return SCALARS.contains(type)
                ? field.setType(FieldDescriptorProto.Type.valueOf("TYPE_" + type.toUpperCase(Locale.ROOT)))
                : field.setTypeName(type);
    }

    private static FieldDescriptorProto.Label label(Field.Label label) {
        if (label == Field.Label.REPEATED) {
            return FieldDescriptorProto.Label.LABEL_REPEATED;
        }
        return label == Field.Label.REQUIRED
                ? FieldDescriptorProto.Label.LABEL_REQUIRED
                : FieldDescriptorProto.Label.LABEL_OPTIONAL;
    }

    /** A presence of its own is, for Protobuf, a oneof of one field; such oneofs come last. */
    private static void addPresence(DescriptorProto.Builder message) {
        for (FieldDescriptorProto.Builder field : message.getFieldBuilderList()) {
            if (field.getProto3Optional()) {
                field.setOneofIndex(message.getOneofDeclCount());
                message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_" + field.getName()));
            }
        }
    }

    /** A map is a list of messages of a key and a value, which are named by a rule of the language. */
    private static DescriptorProto mapEntry(String fieldName, String type) {
        String[] types = type.substring(MAP.length(), type.length() - 1).split(",", 2);
        StringBuilder name = new StringBuilder();
        for (String part : fieldName.split("_", -1)) {
            if (!part.isEmpty()) {
                name.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
            }
        }
        FieldDescriptorProto.Builder key =
                FieldDescriptorProto.newBuilder().setName("key").setNumber(1);
        FieldDescriptorProto.Builder value =
                FieldDescriptorProto.newBuilder().setName("value").setNumber(2);
        return DescriptorProto.newBuilder()
                .setName(name.append("Entry").toString())
                .setOptions(MessageOptions.newBuilder().setMapEntry(true))
                .addField(typed(key.setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL), types[0].strip()))
                .addField(typed(value.setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL), types[1].strip()))
                .build();
    }

    private FieldDescriptorProto.Builder group(GroupElement element, DescriptorProto.Builder parent) {
        DescriptorProto.Builder group = DescriptorProto.newBuilder().setName(element.getName());
        element.getFields().forEach(field -> group.addField(field(field, group)));
        parent.addNestedType(group);
        return FieldDescriptorProto.newBuilder()
                .setName(element.getName().toLowerCase(Locale.ROOT))
                .setNumber(element.getTag())
                .setLabel(label(element.getLabel()))
                .setType(FieldDescriptorProto.Type.TYPE_GROUP)
                .setTypeName(element.getName());
    }

    private static EnumDescriptorProto enumeration(EnumElement element) {
        EnumDescriptorProto.Builder enumeration = EnumDescriptorProto.newBuilder()
                .setName(element.getName())
                .setOptions(EnumOptions.newBuilder().setAllowAlias(true));
        for (EnumConstantElement constant : element.getConstants()) {
            enumeration.addValue(EnumValueDescriptorProto.newBuilder()
                    .setName(constant.getName())
                    .setNumber(constant.getTag()));
        }
        return enumeration.build();
    }
}
