package dev.kafila.gateway.protobuf;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of bodies that fit a schema, but for a mistake here and there. */
public final class AnyBody {
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1",
            "-1",
            "7",
            "1.0",
            "1.5",
            "-0.0",
            "1e2",
            "12E-1",
            "2147483647",
            "-2147483648",
            "2147483648",
            "4294967295",
            "4294967296",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "18446744073709551615",
            "18446744073709551616",
            "3.4028235e38",
            "3.40282355e38",
            "3.5e38",
            "1e-50",
            "1e308",
            "1.7976931348623157e308",
            "1.79769313486231581e308",
            "1e309",
            "1e-400",
            "123456789012345678901234567890.12345");
    private static final List<String> TEXTS = List.of(
            "",
            "x",
            "true",
            "false",
            "NaN",
            "Infinity",
            "-Infinity",
            "+Infinity",
            " 7",
            "07",
            "0x1p3",
            "1d",
            "٣",
            "ZERO",
            "SEVEN",
            "seven",
            "NULL_VALUE",
            "99",
            "aGk=",
            "aGk",
            "_-8=",
            "a%",
            "é😀",
            "\0",
            "field_1",
            "a.b,cD",
            "2026-01-31T12:00:00Z",
            "2026-01-31T12:00:00.123456789+01:00",
            "2026-02-30T12:00:00Z",
            "0000-01-01T00:00:00Z",
            "1.5s",
            "-0.000000001s",
            "315576000000s",
            "315576000001s",
            "1.0000000001s",
            "s",
            "+1s");
    private static final List<String> TYPES = List.of(
            "x/p.M0",
            "x/p.M1",
            "x/p.M2",
            "x/p.M3",
            "p.M0",
            "x/google.protobuf.Any",
            "x/google.protobuf.Duration",
            "x/google.protobuf.Value",
            "x/google.protobuf.Struct",
            "x/google.protobuf.Int64Value");

    private final FileDescriptor file;
    private final Random random;
    /** One of how many values is a mistake; 0: none is. */
    private final int mistakes;

    private AnyBody(FileDescriptor file, Random random, int mistakes) {
        this.file = file;
        this.random = random;
        this.mistakes = mistakes;
    }

    public static String of(Descriptor message, Random random) {
        return new AnyBody(message.getFile(), random, random.nextInt(4) * 6).members(message, 5, Stream.of());
    }

    /** Without a mistake. */
    static String fitting(Descriptor message, Random random) {
        return new AnyBody(message.getFile(), random, 0).members(message, 5, Stream.of());
    }

    private String members(Descriptor message, int depth, Stream<String> first) {
        Set<OneofDescriptor> oneofs = new HashSet<>();
        Stream<String> members = message.getFields().stream()
                .filter(field ->
                        field.getContainingOneof() == null || oneofs.add(field.getContainingOneof()) || mistake())
                .filter(field -> field.isRequired() || (depth > 0 && random.nextInt(3) > 0))
                .flatMap(field -> member(field, depth));
        Stream<String> last = mistake() ? Stream.of("\"field_0\":1") : Stream.of();
        return Stream.of(first, members, last).flatMap(part -> part).collect(Collectors.joining(",", "{", "}"));
    }

    /** Now and then by both its names. */
    private Stream<String> member(FieldDescriptor field, int depth) {
        String value = field(field, depth);
        String name = random.nextBoolean() ? field.getName() : field.getJsonName();
        String other = name.equals(field.getName()) ? field.getJsonName() : field.getName();
        Stream<String> once = Stream.of(quoted(name) + ":" + value);
        return mistakes > 0 && !name.equals(other) && random.nextInt(30) == 0
                ? Stream.concat(once, Stream.of(quoted(other) + ":" + field(field, depth)))
                : once;
    }

    private String field(FieldDescriptor field, int depth) {
        if (mistake()) {
            return anything(2);
        }
        if (!field.isRequired() && random.nextInt(12) == 0) {
            return "null";
        }
        if (field.isMapField()) {
            List<FieldDescriptor> entry = field.getMessageType().getFields();
            return some(() -> quoted(key(entry.get(0))) + ":" + value(entry.get(1), depth - 1), "{", "}");
        }
        return field.isRepeated() ? some(() -> value(field, depth - 1), "[", "]") : value(field, depth);
    }

    private String key(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case STRING -> one(TEXTS);
            case BOOLEAN -> String.valueOf(random.nextBoolean());
            default -> mistake() ? one(NUMBERS) : one(List.of("0", "01", "7.0", "2147483647"));
        };
    }

    private String value(FieldDescriptor field, int depth) {
        if (mistake()) {
            return anything(2);
        }
        return switch (field.getJavaType()) {
            case INT, LONG -> one(List.of("0", "7", "\"7\"", "2147483647", "1e2", "\"1.0\""));
            case FLOAT, DOUBLE -> one(List.of("0", "-0", "1.5", "\"NaN\"", "\"-Infinity\"", "1e38", "\"0.1\""));
            case BOOLEAN -> one(List.of("true", "false", "\"true\""));
            case STRING -> random.nextInt(9) == 0 ? one(NUMBERS) : quoted(one(TEXTS));
            case BYTE_STRING -> one(List.of("\"aGk=\"", "\"aGk\"", "\"_-8=\"", "\"\"", "1234"));
            case ENUM -> constant(field.getEnumType());
            case MESSAGE -> message(field.getMessageType(), depth - 1);
        };
    }

    private String constant(EnumDescriptor type) {
        EnumValueDescriptor value = one(type.getValues());
        return WellKnown.isNullValue(type)
                ? "null"
                : one(List.of(
                        quoted(value.getName()), String.valueOf(value.getNumber()), "\"" + value.getNumber() + "\""));
    }

    private String message(Descriptor type, int depth) {
        return switch (WellKnown.of(type)) {
            case NOT -> members(type, depth, Stream.of());
            case ANY -> any(depth);
            case STRUCT -> object(depth);
            case LIST -> some(() -> anything(depth), "[", "]");
            case VALUE -> anything(depth);
            case WRAPPER -> value(type.findFieldByName("value"), depth);
            case TIMESTAMP -> one(List.of("\"2026-01-31T12:00:00Z\"", "\"2026-01-31T12:00:00.123456789+01:00\""));
            case DURATION -> one(List.of("\"1.5s\"", "\"-0.000000001s\"", "\"0s\""));
            case FIELD_MASK -> one(List.of("\"a.b,cD\"", "\"\""));
        };
    }

    private String any(int depth) {
        if (random.nextInt(6) == 0) {
            return "{}";
        }
        Descriptor content = mistake() ? null : one(file.getMessageTypes());
        String first = "\"@type\":" + quoted(content == null ? one(TYPES) : "x/" + content.getFullName());
        return content == null
                ? "{" + first + ",\"value\":" + anything(2) + "}"
                : members(content, depth, Stream.of(first));
    }

    private String anything(int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 4)) {
            case 0 -> one(List.of("null", "true", "false"));
            case 1 -> one(mistakes > 0 ? NUMBERS : List.of("0", "-0", "1.5", "1e2"));
            case 2 -> quoted(one(NUMBERS));
            case 3 -> quoted(one(TEXTS));
            case 4 -> some(() -> anything(depth - 1), "[", "]");
            default -> object(depth);
        };
    }

    private String object(int depth) {
        return some(() -> quoted(one(TEXTS)) + ":" + anything(depth - 1), "{", "}");
    }

    /** Of members, each by another name. */
    private String some(Supplier<String> part, String open, String close) {
        Stream<String> parts = Stream.generate(part).limit(random.nextInt(4));
        return open.equals("{")
                ? parts
                        .collect(Collectors.toMap(
                                text -> text.substring(0, text.indexOf("\":") + 1), text -> text, (one, other) -> one))
                        .values()
                        .stream()
                        .collect(Collectors.joining(",", open, close))
                : parts.collect(Collectors.joining(",", open, close));
    }

    private boolean mistake() {
        return mistakes > 0 && random.nextInt(mistakes * 5) == 0;
    }

    private <T> T one(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    private static String quoted(String text) {
        return "\"" + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
