package dev.kafila.record;

import dev.kafila.aws.AwsSettings;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.StringConverter;

/** Makes Connect converters from what a setting names: a short name or a class on the class path. */
public final class Converters {
    private Converters() {}

    /**
     * Makes and configures a converter.
     *
     * @param name       {@code string}, {@code bytes} or the class of a {@link Converter}
     * @param properties passed to the converter as they are
     * @param key        whether it reads keys
     * @param aws        how a converter of ours reaches a registry of AWS
     */
    public static Converter create(
            String name, Map<String, String> properties, boolean key, AwsSettings aws, CamelContext context) {
        Converter converter =
                switch (name) {
                    case "string" -> new StringConverter();
                    // The class name is what settings of a Connect worker say; it is not on the class path here.
                    case "bytes", "org.apache.kafka.connect.converters.ByteArrayConverter" -> new BytesConverter();
                    default -> ofClass(name, context);
                };
        converter.configure(properties, key);
        return converter;
    }

    private static Converter ofClass(String name, CamelContext context) {
        Class<?> type = context.getClassResolver().resolveClass(name);
        if (type == null || !Converter.class.isAssignableFrom(type)) {
            throw new IllegalArgumentException("'" + name + "' is not a converter: use string, bytes or the class of an"
                    + " org.apache.kafka.connect.storage.Converter that is on the class path");
        }
        return (Converter) context.getInjector().newInstance(type, false);
    }
}
