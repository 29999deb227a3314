package dev.kafila.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * Makes a Connect schema of a JSON Schema that has one: objects with named properties, maps, arrays, texts, numbers, booleans, each of them
 * perhaps null. A choice among several, a reference or a condition has none.
 */
final class JsonSchemas {
    private static final Set<String> BEYOND = Set.of(
            "$ref", "allOf", "if", "not", "patternProperties", "propertyNames", "dependencies", "dependentSchemas");

    private JsonSchemas() {}

    /**
     * The Connect schema of a whole document.
     *
     * @param version null: unknown
     */
    static Optional<Schema> of(JsonNode jsonSchema, Integer version) {
        return builder(jsonSchema).map(builder -> {
            if (version != null && builder.version() == null) {
                builder.version(version);
            }
            return builder.build();
        });
    }

    private static Optional<SchemaBuilder> builder(JsonNode node) {
        if (!node.isObject() || BEYOND.stream().anyMatch(node::has)) {
            return Optional.empty();
        }
        for (String choice : List.of("oneOf", "anyOf")) {
            if (node.has(choice)) {
                return nullable(node.path(choice));
            }
        }
        List<String> types = types(node.path("type"));
        boolean nullable = types.remove("null");
        if (types.size() != 1) {
            return Optional.empty();
        }
        return typed(types.get(0), node).map(builder -> described(nullable ? builder.optional() : builder, node));
    }

    /** Of two schemas, one of which is null's, the other. */
    private static Optional<SchemaBuilder> nullable(JsonNode choice) {
        List<JsonNode> others = new ArrayList<>();
        choice.forEach(one -> {
            if (!types(one.path("type")).equals(List.of("null"))) {
                others.add(one);
            }
        });
        boolean oneAndNull = choice.size() == 2 && others.size() == 1;
        return oneAndNull ? builder(others.get(0)).map(SchemaBuilder::optional) : Optional.empty();
    }

    private static List<String> types(JsonNode type) {
        List<String> types = new ArrayList<>();
        if (type.isTextual()) {
            types.add(type.textValue());
        }
        type.forEach(one -> types.add(one.asText()));
        return types;
    }

    private static Optional<SchemaBuilder> typed(String type, JsonNode node) {
        String connectType = node.path("connect.type").asText(type.equals("object") ? "struct" : type);
        return switch (type + " as " + connectType) {
            case "string as string" -> Optional.of(SchemaBuilder.string());
            case "boolean as boolean" -> Optional.of(SchemaBuilder.bool());
            case "integer as integer", "integer as int64" -> Optional.of(SchemaBuilder.int64());
            case "integer as int32" -> Optional.of(SchemaBuilder.int32());
            case "integer as int16" -> Optional.of(SchemaBuilder.int16());
            case "integer as int8" -> Optional.of(SchemaBuilder.int8());
            case "number as number", "number as float64" -> Optional.of(SchemaBuilder.float64());
            case "number as float32" -> Optional.of(SchemaBuilder.float32());
            case "array as array" -> builder(node.path("items")).map(items -> SchemaBuilder.array(items.build()));
            case "object as struct", "object as map" -> object(node);
            default -> Optional.empty();
        };
    }

    private static Optional<SchemaBuilder> object(JsonNode node) {
        if (!node.has("properties")) {
            return builder(node.path("additionalProperties"))
                    .map(values -> SchemaBuilder.map(Schema.STRING_SCHEMA, values.build()));
        }
        Set<String> required = new HashSet<>();
        node.path("required").forEach(name -> required.add(name.asText()));
        SchemaBuilder struct = SchemaBuilder.struct();
        for (Map.Entry<String, JsonNode> property : inOrder(node.path("properties"))) {
            Optional<SchemaBuilder> field = builder(property.getValue());
            if (field.isEmpty()) {
                return Optional.empty();
            }
            if (!required.contains(property.getKey())) {
                field.get().optional();
            }
            struct.field(property.getKey(), field.get().build());
        }
        return Optional.of(struct);
    }

    /** As Confluent's serializer numbers them, else as they stand. */
    private static List<Map.Entry<String, JsonNode>> inOrder(JsonNode properties) {
        List<Map.Entry<String, JsonNode>> list = new ArrayList<>(properties.properties());
        if (list.stream().allMatch(property -> property.getValue().has("connect.index"))) {
            list.sort((one, other) -> Integer.compare(index(one), index(other)));
        }
        return list;
    }

    private static int index(Map.Entry<String, JsonNode> property) {
        return property.getValue().path("connect.index").asInt();
    }

    private static SchemaBuilder described(SchemaBuilder builder, JsonNode node) {
        if (node.path("title").isTextual()) {
            builder.name(node.path("title").textValue());
        }
        if (node.path("description").isTextual()) {
            builder.doc(node.path("description").textValue());
        }
        if (node.path("connect.version").isInt()) {
            builder.version(node.path("connect.version").intValue());
        }
        return builder;
    }
}
