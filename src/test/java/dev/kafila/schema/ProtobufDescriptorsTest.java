package dev.kafila.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.AnyProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.StructProto;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our descriptors beside those of Google's compiler. The golden texts are what {@code protoc --descriptor_set_out} writes for the
 * files beside them, read back with {@code protoc --decode=google.protobuf.FileDescriptorSet}.
 */
class ProtobufDescriptorsTest {
    private static final FileDescriptor[] WELL_KNOWN = {
        AnyProto.getDescriptor(),
        DurationProto.getDescriptor(),
        StructProto.getDescriptor(),
        TimestampProto.getDescriptor(),
        WrappersProto.getDescriptor()
    };

    @ParameterizedTest
    @ValueSource(strings = {"proto3", "proto2", "nosyntax"})
    void theyDescribeWhatThoseOfTheCompilerDescribe(String name) throws Exception {
        assertThat(describe(ours(name))).isEqualTo(describe(compiled(name)));
    }

    @Test
    void theSameJsonBecomesTheSameBytes() throws Exception {
        String json = """
                {"orderId": 7, "client": "ann", "linesBySku": {"a": {"sku": "a", "kind": "KIND_NEGATIVE",
                  "parts": [{"digest": "AAE=", "more": {"x": "/w=="}}]}}, "deltas": ["-1", 2], "unpacked": [1, 2],
                 "note": "", "states": ["STATE_FRESH", 0], "stateOfLine": {"3": "STATE_NEW"}, "voucher": "v", "yes": false,
                 "previous": {"order_id": 6}, "placedAt": "2026-01-02T03:04:05Z", "attributes": {"a": [1, null]}, "nick": "n",
                 "any": {"@type": "type.googleapis.com/google.protobuf.Duration", "value": "1s"}, "nothing": null,
                 "fieldName3": 1, "Leading": 2, "withTwo": 3, "digit2After": 4, "mapX2Y": {"k": "v"}}""";

        assertThat(bytes(ours("proto3"), json)).isEqualTo(bytes(compiled("proto3"), json));
    }

    @Test
    void theSameJsonBecomesTheSameBytesInTheOlderSyntax() throws Exception {
        String json = """
                {"id": 1, "packed": [1, 2], "loose": [1, 2], "colours": ["GREEN", 1], "detail": {"text": "t"},
                 "rows": [{"n": 1}, {"n": 2}], "named": {"a": {"detail": {}}}, "right": {"x": 1}}""";

        assertThat(bytes(ours("proto2"), json)).isEqualTo(bytes(compiled("proto2"), json));
    }

    private static byte[] bytes(FileDescriptor file, String json) throws IOException {
        DynamicMessage.Builder message =
                DynamicMessage.newBuilder(file.getMessageTypes().get(0));
        JsonFormat.parser()
                .usingTypeRegistry(JsonFormat.TypeRegistry.newBuilder()
                        .add(DurationProto.getDescriptor().getMessageTypes())
                        .build())
                .merge(json, message);
        return message.build().toByteArray();
    }

    private static FileDescriptor ours(String name) throws IOException {
        return ProtobufFiles.parse(
                new RegisteredSchema(name, DataFormat.PROTOBUF, resource(name + ".proto"), Map.of(), null));
    }

    private static FileDescriptor compiled(String name) throws Exception {
        FileDescriptorProto file = TextFormat.parse(resource(name + ".txt"), FileDescriptorSet.class)
                .getFile(0);
        return FileDescriptor.buildFrom(file, WELL_KNOWN, true);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ProtobufDescriptorsTest.class.getResourceAsStream("/protobuf/" + name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static List<String> describe(FileDescriptor file) {
        List<String> lines = new ArrayList<>();
        file.getMessageTypes().forEach(message -> describe(message, lines));
        file.getEnumTypes().forEach(type -> describe(type, lines));
        return lines;
    }

    private static void describe(Descriptor message, List<String> lines) {
        lines.add("message " + message.getFullName());
        message.getFields().stream()
                .sorted(Comparator.comparing(FieldDescriptor::getNumber))
                .forEach(field -> lines.add(describe(field)));
        message.getOneofs().forEach(oneOf -> lines.add("oneof " + oneOf.getName() + " " + names(oneOf)));
        Predicate<Descriptor> named = nested -> !isMade(nested);
        message.getNestedTypes().stream().filter(named).forEach(nested -> describe(nested, lines));
        message.getNestedTypes().stream()
                .filter(named.negate())
                .sorted(Comparator.comparing(Descriptor::getName))
                .forEach(nested -> describe(nested, lines));
        message.getEnumTypes().forEach(type -> describe(type, lines));
    }

    /** Of a map's entries, or a group: the compiler puts them between the nested messages, and no index in a record counts them. */
    private static boolean isMade(Descriptor nested) {
        return nested.getOptions().getMapEntry()
                || nested.getContainingType().getFields().stream()
                        .anyMatch(field -> field.getType() == FieldDescriptor.Type.GROUP
                                && field.getMessageType().equals(nested));
    }

    private static List<String> names(OneofDescriptor oneOf) {
        return oneOf.getFields().stream().map(FieldDescriptor::getName).toList();
    }

    private static String describe(FieldDescriptor field) {
        String type =
                switch (field.getJavaType()) {
                    case MESSAGE -> field.getMessageType().getFullName();
                    case ENUM -> field.getEnumType().getFullName();
                    default -> "";
                };
        OneofDescriptor oneOf = field.getContainingOneof();
        return "  " + field.getNumber() + " " + field.getName() + " " + field.getJsonName() + " " + field.getType()
                + " "
                + type + (field.isRepeated() ? " repeated" : "") + (field.isRequired() ? " required" : "")
                + (field.isPacked() ? " packed" : "") + (field.isMapField() ? " map" : "")
                + (field.hasPresence() ? " presence" : "") + (oneOf == null ? "" : " in " + oneOf.getName());
    }

    private static void describe(EnumDescriptor type, List<String> lines) {
        lines.add("enum " + type.getFullName());
        type.getValues().forEach(value -> lines.add("  " + value.getNumber() + " " + value.getName()));
    }
}
