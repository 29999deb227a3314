package dev.kafila.migrate;

import static dev.kafila.migrate.Mapping.passed;
import static dev.kafila.migrate.Mapping.special;

import java.util.List;
import java.util.Map;

/** Converters, transforms and predicates: they carry over, with their options. */
final class Decoding {
    private static final String STORAGE = "org.apache.kafka.connect.storage.";
    private static final String GLUE = "com.amazonaws.services.schemaregistry.kafkaconnect.";

    /** Converters that have a name of their own here; most of them are not on the class path. */
    private static final Map<String, String> NAMES = Map.of(
            STORAGE + "StringConverter",
            "string",
            "org.apache.kafka.connect.converters.ByteArrayConverter",
            "bytes",
            "io.confluent.connect.avro.AvroConverter",
            "avro",
            "io.confluent.connect.protobuf.ProtobufConverter",
            "protobuf",
            "io.confluent.connect.json.JsonSchemaConverter",
            "json-schema",
            GLUE + "AWSKafkaAvroConverter",
            "avro",
            GLUE + "protobuf.ProtobufSchemaConverter",
            "protobuf",
            GLUE + "jsonschema.JsonSchemaConverter",
            "json-schema");

    /** Classes of Connect's runtime that are made here without it. */
    private static final String PRIMITIVES = "org.apache.kafka.connect.converters.";

    private Decoding() {}

    static List<Mapping> mappings(Target target) {
        String headers = target.setting("header-converter");
        return List.of(
                converter("key", target),
                passed("key.converter.", target.setting("key-converter."), "as they are"),
                converter("value", target),
                passed("value.converter.", target.setting("value-converter."), "as they are"),
                special(
                        "header.converter",
                        STORAGE + "SimpleHeaderConverter",
                        headers,
                        "the same class",
                        (property, draft) -> named(property, draft, headers, Map.of())),
                passed("header.converter.", target.setting("header-converter."), "as they are"),
                list("transforms", target),
                options("transforms", target),
                list("predicates", target),
                options("predicates", target));
    }

    private static Mapping converter(String side, Target target) {
        String setting = target.setting(side + "-converter");
        return special(
                side + ".converter",
                STORAGE + "StringConverter",
                setting,
                "the same class, or the short name of one that does the same; unset, it is the worker's, which has to be"
                        + " looked up",
                (property, draft) -> {
                    named(property, draft, setting, NAMES);
                    registry(side, property, draft);
                    if (!property.given()) {
                        draft.lost(
                                property,
                                "is not set, so the worker's own applies, which is not known here: string is written;"
                                        + " make it what the worker has");
                    }
                });
    }

    /** Confluent's converters do not start without it; a piece of a configuration may leave it out. */
    private static void registry(String side, Property converter, Draft draft) {
        String url = "converter.schema.registry.url";
        if (converter.value().startsWith("io.confluent.connect.")
                && draft.text(side + "." + url).isEmpty()) {
            draft.pass(side + "-" + url, new Property(side + "." + url, "", false));
        }
    }

    private static void named(Property property, Draft draft, String setting, Map<String, String> names) {
        String type = property.value();
        if (property.isOpen()) {
            draft.open(setting, property);
            return;
        }
        draft.set(setting, names.getOrDefault(type, type), property);
        if (!names.containsKey(type)) {
            requirePresent(property, draft);
        }
    }

    private static Mapping list(String name, Target target) {
        return special(
                name, null, target.setting(name), "as they are", (property, draft) -> draft.pass(name, property));
    }

    private static Mapping options(String name, Target target) {
        return special(name + ".*", null, target.setting(name + ".*"), "as they are", (property, draft) -> {
            draft.pass(property.name(), property);
            if (property.name().matches("[^.]+\\.[^.]+\\.type") && !property.isOpen()) {
                requirePresent(property, draft);
            }
        });
    }

    private static void requirePresent(Property property, Draft draft) {
        if (property.value().startsWith(PRIMITIVES)) {
            return;
        }
        try {
            Class.forName(property.value(), false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            draft.lost(property, "the class is not part of Kafila: put its jar into lib/ beside kafila.jar");
        }
    }
}
