package dev.kafila.gateway.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.RawValue;
import com.google.protobuf.BoolValue;
import com.google.protobuf.BytesValue;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DoubleValue;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.FloatValue;
import com.google.protobuf.Int32Value;
import com.google.protobuf.Int64Value;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.UInt64Value;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** What a single value looks like in JSON; {@link JsonFormat} decides, but for what it would take a long time for, or take for something else. */
enum Form {
    INT32(Int32Value.getDefaultInstance(), "a whole number from -2147483648 to 2147483647"),
    UINT32(UInt32Value.getDefaultInstance(), "a whole number from 0 to 4294967295"),
    INT64(Int64Value.getDefaultInstance(), "a whole number from -9223372036854775808 to 9223372036854775807"),
    UINT64(UInt64Value.getDefaultInstance(), "a whole number from 0 to 18446744073709551615"),
    FLOAT(FloatValue.getDefaultInstance(), "a number from -3.4028235E38 to 3.4028235E38"),
    DOUBLE(DoubleValue.getDefaultInstance(), "a number from -1.7976931348623157E308 to 1.7976931348623157E308"),
    BOOL(BoolValue.getDefaultInstance(), "true or false"),
    STRING(StringValue.getDefaultInstance(), "a string"),
    BYTES(BytesValue.getDefaultInstance(), "a string of base64"),
    TIMESTAMP(Timestamp.getDefaultInstance(), "a time such as \"2026-01-31T12:00:00.5Z\""),
    DURATION(Duration.getDefaultInstance(), "a duration such as \"1.5s\""),
    FIELD_MASK(FieldMask.getDefaultInstance(), "a field mask such as \"user.name,total\""),
    ANYTHING(Value.getDefaultInstance(), DOUBLE.description);

    /** As Jackson limits numbers; longer text of digits takes a time that grows with its square. */
    private static final int LONGEST_NUMBER = 1000;

    /** As many places as that; what is farther from the point would be written out by {@link JsonFormat}, a gigabyte if it comes to that. */
    private static final int FARTHEST_DIGIT = 2 * LONGEST_NUMBER;

    private static final Pattern DURATION_TEXT = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,9})?s");

    private final Message example;
    private final String description;

    Form(Message example, String description) {
        this.example = example;
        this.description = description;
    }

    /** @param type not a message, a group or an enum */
    static Form of(FieldDescriptor.Type type) {
        return switch (type) {
            case INT32, SINT32, SFIXED32 -> INT32;
            case UINT32, FIXED32 -> UINT32;
            case INT64, SINT64, SFIXED64 -> INT64;
            case UINT64, FIXED64 -> UINT64;
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case BOOL -> BOOL;
            case STRING -> STRING;
            case BYTES -> BYTES;
            case ENUM, MESSAGE, GROUP -> throw new IllegalArgumentException(type + " has no form of its own");
        };
    }

    /** For a sentence: what a value must be. */
    String description() {
        return description;
    }

    boolean accepts(JsonNode json) {
        if (json.isContainerNode() || json.isNull()) {
            return false;
        }
        String text = text(json);
        return switch (this) {
            case STRING -> true;
            case INT32 -> json.isInt() || (isNumber(text) && parses(json));
            case INT64 -> json.isInt() || json.isLong() || (isNumber(text) && parses(json));
            case UINT32, UINT64 -> isNumber(text) && parses(json);
            case FLOAT, DOUBLE ->
                text.length() <= LONGEST_NUMBER && (json.isNumber() || parses(json)) && staysFinite(json, text);
            case TIMESTAMP -> isTime(text) && parses(json);
            case DURATION -> DURATION_TEXT.matcher(text).matches() && parses(json);
            case ANYTHING -> json.isTextual() || json.isBoolean() || staysFinite(json, text);
            case BOOL -> json.isBoolean() || parses(json);
            case BYTES, FIELD_MASK -> parses(json);
        };
    }

    /** The text of a single value, as it was written. */
    static String text(JsonNode json) {
        return json instanceof POJONode node && node.getPojo() instanceof RawValue raw
                ? (String) raw.rawValue()
                : json.asText();
    }

    private boolean parses(JsonNode json) {
        try {
            JsonFormat.parser().merge(json.toString(), example.newBuilderForType());
            return true;
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    private static boolean isNumber(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return false;
        }
        try {
            return Math.abs((long) new BigDecimal(text).scale()) <= FARTHEST_DIGIT;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** {@link JsonFormat} allows for rounding at both ends, and makes infinity of that. */
    private boolean staysFinite(JsonNode json, String text) {
        if (json.isTextual() && (text.equals("NaN") || text.endsWith("Infinity"))) {
            return true;
        }
        // BigDecimal, as JsonFormat does it there: it knows the digits of other scripts.
        double value =
                this == DOUBLE && json.isTextual() ? new BigDecimal(text).doubleValue() : Double.parseDouble(text);
        return !(this == FLOAT ? Float.isInfinite((float) value) : Double.isInfinite(value));
    }

    /** {@link JsonFormat} takes 30 February for 2 March, and drops what it does not need. */
    private static boolean isTime(String text) {
        try {
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
