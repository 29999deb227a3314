package dev.kafila.schema;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.UninterpretedOption;
import com.google.protobuf.DescriptorProtos.UninterpretedOption.NamePart;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.squareup.wire.schema.internal.parser.OptionElement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the option {@code (confluent.field_meta)} says of a field, beyond Protobuf's types: {@code scale} and {@code precision} of a decimal,
 * {@code connect.type} of a small integer.
 */
final class ProtobufMeta {
    private static final String OPTION = "confluent.field_meta";

    private ProtobufMeta() {}

    /** Hands the option's parameters on to the descriptor, as options that nobody has interpreted. */
    static void write(List<OptionElement> options, FieldDescriptorProto.Builder field) {
        Map<String, String> params = new HashMap<>();
        for (OptionElement option : options) {
            if (option.isParenthesized() && option.getName().endsWith(OPTION)) {
                collect(option.getValue(), params);
            }
        }
        params.forEach((name, value) -> field.getOptionsBuilder()
                .addUninterpretedOption(UninterpretedOption.newBuilder()
                        .addName(NamePart.newBuilder().setNamePart(name).setIsExtension(true))
                        .setStringValue(ByteString.copyFromUtf8(value))));
    }

    /** {@code = {params: [{key: "scale", value: "2"}]}} or {@code .params = {key: "scale", value: "2"}}. */
    private static void collect(Object value, Map<String, String> params) {
        if (value instanceof OptionElement option) {
            collect(option.getValue(), params);
        } else if (value instanceof List<?> list) {
            list.forEach(element -> collect(element, params));
        } else if (value instanceof Map<?, ?> map) {
            if (map.containsKey("key") && map.containsKey("value")) {
                params.put(text(map.get("key")), text(map.get("value")));
            } else {
                collect(map.get("params"), params);
            }
        }
    }

    private static String text(Object value) {
        return String.valueOf(value instanceof OptionElement.OptionPrimitive primitive ? primitive.getValue() : value);
    }

    /** "" if the option says nothing of that name. */
    static String read(FieldDescriptor field, String name) {
        for (UninterpretedOption option : field.getOptions().getUninterpretedOptionList()) {
            if (option.getName(0).getNamePart().equals(name)) {
                return option.getStringValue().toStringUtf8();
            }
        }
        return "";
    }
}
