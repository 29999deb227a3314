package dev.kafila.record;

import dev.kafila.aws.AwsSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.camel.CamelContext;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.ConverterConfig;
import org.apache.kafka.connect.storage.ConverterType;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.storage.StringConverter;

/** Makes Connect converters from what a setting names: a short name, or a class on the class path or in the plug-in directory. */
public final class Converters {
    private static final String SHORT_NAMES = "string, bytes, json, json-schema, avro, protobuf";
    private static final String HEADER_SHORT_NAMES = "string, bytes";
    private static final String RUNTIME = "org.apache.kafka.connect.converters.";

    private Converters() {}

    /**
     * Makes and configures a converter.
     *
     * @param name       {@code string}, {@code bytes}, {@code json} or the class of a {@link Converter}
     * @param properties passed to the converter as they are
     * @param key        whether it reads keys
     * @param aws        how a converter of ours reaches a registry of AWS
     * @throws IllegalArgumentException if there is no such converter, or the properties are not to its liking
     */
    public static Converter create(
            String name, Map<String, String> properties, boolean key, AwsSettings aws, CamelContext context) {
        Converter converter =
                switch (name) {
                    case "string" -> new StringConverter();
                    case "bytes" -> new BytesConverter();
                    case "json" -> new ExactJsonConverter();
                    default -> ofClass(name, aws, context);
                };
        configure(name, () -> converter.configure(properties, key));
        return converter;
    }

    /** The same for the headers' converter. */
    public static HeaderConverter createForHeaders(String name, Map<String, String> properties, CamelContext context) {
        HeaderConverter converter =
                switch (name) {
                    case "string" -> new TextHeaderConverter();
                    case "bytes", RUNTIME + "ByteArrayConverter" -> new BytesConverter();
                    default -> plugin(name, HEADER_SHORT_NAMES, HeaderConverter.class, context);
                };
        Map<String, String> typed = new HashMap<>(properties);
        // As Connect does: its own converters read keys or values unless they are told.
        typed.put(ConverterConfig.TYPE_CONFIG, ConverterType.HEADER.getName());
        configure(name, () -> converter.configure(typed));
        return converter;
    }

    private static Converter ofClass(String name, AwsSettings aws, CamelContext context) {
        Converter standIn = context.getClassResolver().resolveClass(name) == null ? standIn(name, aws) : null;
        return standIn == null ? plugin(name, SHORT_NAMES, Converter.class, context) : standIn;
    }

    /**
     * Some classes that settings of a Connect worker name come with Connect's runtime or from Confluent, and are not here unless a user
     * brings them. Null if nothing of ours does the same.
     */
    private static Converter standIn(String name, AwsSettings aws) {
        String simple = name.startsWith(RUNTIME) ? name.substring(RUNTIME.length()) : "";
        if (simple.equals("ByteArrayConverter")) {
            return new BytesConverter();
        }
        if (PrimitiveConverter.reads(simple)) {
            return new PrimitiveConverter(simple);
        }
        for (ConverterFactory factory : ServiceLoader.load(ConverterFactory.class, Converters.class.getClassLoader())) {
            Converter converter = factory.create(name, aws);
            if (converter != null) {
                return converter;
            }
        }
        return null;
    }

    private static <T> T plugin(String name, String shortNames, Class<T> kind, CamelContext context) {
        // A class without a package is none that anybody publishes: it is a short name with a typing error.
        if (name.indexOf('.') < 0) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not a converter: use " + shortNames + " or the class of a " + kind.getName());
        }
        return ConnectClasses.create(name, kind, context);
    }

    private static void configure(String name, Runnable configuration) {
        try {
            configuration.run();
        } catch (RuntimeException | LinkageError e) {
            throw new IllegalArgumentException(name + " cannot be configured: " + ConnectClasses.reason(e), e);
        }
    }
}
