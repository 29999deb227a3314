package dev.kafila.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Reads and writes the SDK's own model classes as JSON, from the other side of the wire than the SDK does: names and shapes are AWS's by that. */
public final class SdkJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SdkJson() {}

    /**
     * Fills a builder from the members of an object; those that the model does not know are left out, as AWS does.
     *
     * @throws IllegalArgumentException naming the first member that is not of its type
     */
    public static <B extends SdkPojo> B read(JsonNode json, B builder) {
        fill(json, builder, "");
        return builder;
    }

    private static void fill(JsonNode json, SdkPojo builder, String path) {
        if (!json.isObject()) {
            throw wrong(path, "an object");
        }
        for (SdkField<?> field : builder.sdkFields()) {
            JsonNode value = json.get(field.locationName());
            if (field.location() == MarshallLocation.PAYLOAD && value != null && !value.isNull()) {
                field.set(
                        builder,
                        value(value, field, path.isEmpty() ? field.locationName() : path + "." + field.locationName()));
            }
        }
    }

    private static Object value(JsonNode json, SdkField<?> field, String path) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.STRING) {
            require(json.isTextual(), path, "a string");
            return json.textValue();
        }
        if (type == MarshallingType.INTEGER) {
            require(json.canConvertToInt() && json.canConvertToExactIntegral(), path, "an integer");
            return json.intValue();
        }
        if (type == MarshallingType.LONG) {
            require(json.canConvertToLong() && json.canConvertToExactIntegral(), path, "an integer");
            return json.longValue();
        }
        if (type == MarshallingType.BOOLEAN) {
            require(json.isBoolean(), path, "true or false");
            return json.booleanValue();
        }
        if (type == MarshallingType.INSTANT) {
            return instant(json, path);
        }
        if (type == MarshallingType.LIST) {
            return list(json, field, path);
        }
        if (type == MarshallingType.MAP) {
            return map(json, field, path);
        }
        if (type == MarshallingType.SDK_POJO) {
            SdkPojo builder = field.constructor().get();
            fill(json, builder, path);
            return ((Buildable) builder).build();
        }
        throw new IllegalStateException("No JSON for " + type + " of " + path);
    }

    /** Seconds since 1970, with or without a fraction, or ISO 8601: clients differ. */
    private static Instant instant(JsonNode json, String path) {
        if (json.isNumber()) {
            BigDecimal millis = json.decimalValue().movePointRight(3);
            require(millis.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) < 0, path, "a time");
            return Instant.ofEpochMilli(millis.longValue());
        }
        try {
            return Instant.parse(json.asText());
        } catch (DateTimeParseException e) {
            throw wrong(path, "a time, in seconds since 1970");
        }
    }

    private static List<Object> list(JsonNode json, SdkField<?> field, String path) {
        require(json.isArray(), path, "a list");
        SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
        List<Object> list = new ArrayList<>();
        for (JsonNode element : json) {
            list.add(value(element, member, path + "[" + list.size() + "]"));
        }
        return list;
    }

    private static Map<String, Object> map(JsonNode json, SdkField<?> field, String path) {
        require(json.isObject(), path, "an object");
        SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
        Map<String, Object> map = new LinkedHashMap<>();
        json.properties()
                .forEach(
                        entry -> map.put(entry.getKey(), value(entry.getValue(), member, path + "." + entry.getKey())));
        return map;
    }

    private static void require(boolean right, String path, String form) {
        if (!right) {
            throw wrong(path, form);
        }
    }

    private static IllegalArgumentException wrong(String path, String form) {
        return new IllegalArgumentException((path.isEmpty() ? "The request" : path) + " must be " + form);
    }

    /** Members that are set; times in seconds with a fraction. */
    public static ObjectNode write(SdkPojo pojo) {
        ObjectNode json = JSON.objectNode();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value != null && !isUnset(value)) {
                json.set(field.locationName(), node(value));
            }
        }
        return json;
    }

    /** Collections that nobody set are empty ones of a class of the SDK's own. */
    private static boolean isUnset(Object value) {
        return value instanceof software.amazon.awssdk.core.util.SdkAutoConstructList<?>
                || value instanceof software.amazon.awssdk.core.util.SdkAutoConstructMap<?, ?>;
    }

    private static JsonNode node(Object value) {
        if (value instanceof SdkPojo pojo) {
            return write(pojo);
        }
        if (value instanceof Collection<?> list) {
            ArrayNode array = JSON.arrayNode();
            list.forEach(element -> array.add(node(element)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = JSON.objectNode();
            map.forEach((key, element) -> object.set(key.toString(), node(element)));
            return object;
        }
        if (value instanceof Instant time) {
            return JSON.numberNode(BigDecimal.valueOf(time.toEpochMilli(), 3));
        }
        if (value instanceof Integer number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Long number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        return JSON.textNode(value.toString());
    }
}
