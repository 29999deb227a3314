package dev.kafila.gateway.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import dev.kafila.gateway.request.JsonPath;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Goes through a body beside its schema, up to the first value that does not fit: {@code JsonFormat} does not say where that is. */
final class BodyCheck {
    /** That of {@code JsonFormat}. */
    private static final int DEPTH_LIMIT = 100;

    private static final String TYPE = "@type";

    private final Descriptor message;
    private final ObjectNode body;
    private final Map<Descriptor, Map<String, FieldDescriptor>> names = new HashMap<>();
    private TypeRegistry types;

    BodyCheck(Descriptor message, ObjectNode body) {
        this.message = message;
        this.body = body;
    }

    /**
     * Checks the body.
     *
     * @return the types that it names; those of the whole schema, if it names any
     */
    TypeRegistry run() throws EncodingException {
        message(message, body, JsonPath.ROOT, 0);
        return types == null ? TypeRegistry.getEmptyTypeRegistry() : types;
    }

    private void message(Descriptor type, JsonNode json, JsonPath path, int depth) throws EncodingException {
        switch (WellKnown.of(type)) {
            case NOT -> members(type, json, path, depth, Set.of());
            case ANY -> any(json, path, depth);
            case STRUCT -> map(type.findFieldByName("fields"), json, path, depth);
            case LIST -> list(type.findFieldByName("values"), json, path, depth);
            case VALUE -> anything(type, json, path, depth);
            case WRAPPER -> single(Form.of(type.findFieldByName("value").getType()), json, path);
            case TIMESTAMP -> single(Form.TIMESTAMP, json, path);
            case DURATION -> single(Form.DURATION, json, path);
            case FIELD_MASK -> single(Form.FIELD_MASK, json, path);
        }
    }

    private void members(Descriptor type, JsonNode json, JsonPath path, int depth, Set<String> others)
            throws EncodingException {
        require(json.isObject(), path, "must be an object");
        Map<String, FieldDescriptor> fields = names.computeIfAbsent(type, BodyCheck::names);
        Set<FieldDescriptor> given = new HashSet<>();
        Set<OneofDescriptor> oneofs = new HashSet<>();
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            if (others.contains(member.getKey())) {
                continue;
            }
            JsonPath at = path.member(member.getKey());
            FieldDescriptor field = fields.get(member.getKey());
            if (field == null) {
                throw unknown(at, "is not a field of " + type.getFullName());
            }
            require(!given.contains(field), at, "is given twice, by another name too");
            JsonNode value = member.getValue();
            if (value.isNull() && (field.isRepeated() || !WellKnown.takesNull(field))) {
                continue;
            }
            given.add(field);
            OneofDescriptor oneof = field.getContainingOneof();
            require(oneof == null || oneofs.add(oneof), at, "is given beside another field of its oneof");
            field(field, value, at, depth);
        }
        for (FieldDescriptor field : type.getFields()) {
            require(!field.isRequired() || given.contains(field), path.member(field.getJsonName()), "is required");
        }
    }

    /** A field has two names in JSON; where they clash, the last counts, as with {@code JsonFormat}. */
    private static Map<String, FieldDescriptor> names(Descriptor type) {
        Map<String, FieldDescriptor> names = new HashMap<>();
        for (FieldDescriptor field : type.getFields()) {
            names.put(field.getName(), field);
            names.put(field.getJsonName(), field);
        }
        return names;
    }

    private void field(FieldDescriptor field, JsonNode json, JsonPath path, int depth) throws EncodingException {
        if (field.isMapField()) {
            map(field, json, path, depth);
        } else if (field.isRepeated()) {
            list(field, json, path, depth);
        } else {
            value(field, json, path, depth);
        }
    }

    private void map(FieldDescriptor field, JsonNode json, JsonPath path, int depth) throws EncodingException {
        require(json.isObject(), path, "must be an object");
        FieldDescriptor keys = field.getMessageType().findFieldByName("key");
        FieldDescriptor values = field.getMessageType().findFieldByName("value");
        Set<String> given = new HashSet<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            JsonPath at = path.key(entry.getKey());
            Form form = Form.of(keys.getType());
            require(form.accepts(TextNode.valueOf(entry.getKey())), at, "has a key that must be " + form.description());
            require(given.add(canonical(form, entry.getKey())), at, "has a key that is given twice");
            element(values, entry.getValue(), at, depth);
        }
    }

    /** Of numbers: 1, 01 and 1.0 are one. */
    private static String canonical(Form form, String key) {
        return switch (form) {
            case INT32, UINT32, INT64, UINT64 ->
                new BigDecimal(key).toBigIntegerExact().toString();
            default -> key;
        };
    }

    private void list(FieldDescriptor field, JsonNode json, JsonPath path, int depth) throws EncodingException {
        require(json.isArray(), path, "must be an array");
        int index = 0;
        for (JsonNode element : json) {
            element(field, element, path.index(index++), depth);
        }
    }

    private void element(FieldDescriptor field, JsonNode json, JsonPath path, int depth) throws EncodingException {
        require(!json.isNull() || WellKnown.takesNull(field), path, "must not be null");
        value(field, json, path, depth);
    }

    private void value(FieldDescriptor field, JsonNode json, JsonPath path, int depth) throws EncodingException {
        switch (field.getJavaType()) {
            case MESSAGE -> {
                require(depth < DEPTH_LIMIT, path, "is the message beyond " + DEPTH_LIMIT + " inside each other");
                message(field.getMessageType(), json, path, depth + 1);
            }
            case ENUM -> constant(field.getEnumType(), json, path);
            default -> single(Form.of(field.getType()), json, path);
        }
    }

    private void single(Form form, JsonNode json, JsonPath path) throws EncodingException {
        require(form.accepts(json), path, "must be " + form.description());
    }

    private void constant(EnumDescriptor type, JsonNode json, JsonPath path) throws EncodingException {
        if (json.isNull() && WellKnown.isNullValue(type)) {
            return;
        }
        String problem = "must be a value of the enum " + type.getFullName();
        require(!json.isContainerNode(), path, problem);
        if (!isValue(type, json)) {
            throw unknown(path, problem);
        }
    }

    private static boolean isValue(EnumDescriptor type, JsonNode json) {
        String text = Form.text(json);
        if (type.findValueByName(text) != null) {
            return true;
        }
        return Form.INT32.accepts(json)
                && (!type.isClosed() || type.findValueByNumber(new BigDecimal(text).intValueExact()) != null);
    }

    private void anything(Descriptor type, JsonNode json, JsonPath path, int depth) throws EncodingException {
        if (json.isContainerNode()) {
            String field = json.isObject() ? "struct_value" : "list_value";
            message(type.findFieldByName(field).getMessageType(), json, path, depth);
        } else {
            require(json.isNull() || Form.ANYTHING.accepts(json), path, "must be " + Form.ANYTHING.description());
        }
    }

    private void any(JsonNode json, JsonPath path, int depth) throws EncodingException {
        require(json.isObject(), path, "must be an object");
        if (json.isEmpty()) {
            return;
        }
        Descriptor type = type(json.path(TYPE), path.member(TYPE));
        if (WellKnown.of(type) == WellKnown.NOT) {
            members(type, json, path, depth, Set.of(TYPE));
            return;
        }
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            switch (member.getKey()) {
                case TYPE -> {}
                case "value" -> message(type, member.getValue(), path.member("value"), depth);
                default -> throw unknown(path.member(member.getKey()), "is not known beside a " + type.getFullName());
            }
        }
    }

    private Descriptor type(JsonNode url, JsonPath path) throws EncodingException {
        require(url.isTextual(), path, "must be the type of what is beside it");
        if (types == null) {
            types = TypeRegistry.newBuilder().add(message).build();
        }
        try {
            Descriptor type = types.getDescriptorForTypeUrl(url.textValue());
            if (type != null) {
                return type;
            }
        } catch (InvalidProtocolBufferException e) {
            throw misfit(path, "must be a URL that ends with / and the name of a message");
        }
        throw unknown(path, "is not a message of the schema");
    }

    private void require(boolean right, JsonPath path, String problem) throws EncodingException {
        if (!right) {
            throw misfit(path, problem);
        }
    }

    private EncodingException misfit(JsonPath path, String problem) {
        return new EncodingException(message, body, path + " " + problem, false);
    }

    private EncodingException unknown(JsonPath path, String problem) {
        return new EncodingException(message, body, path + " " + problem, true);
    }
}
