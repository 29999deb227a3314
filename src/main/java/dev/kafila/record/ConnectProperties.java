package dev.kafila.record;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.camel.CamelContext;

/**
 * What is passed to converters, transforms and predicates, by its name as in Kafka Connect: {@code value-converter.schemas.enable},
 * {@code transforms}, {@code transforms.mask.type}.
 */
public final class ConnectProperties {
    private static final String PROPERTY = "property:";

    private final String prefix;
    private final Map<String, String> values;

    private ConnectProperties(String prefix, Map<String, String> values) {
        this.prefix = prefix;
        this.values = values;
    }

    /**
     * Reads them from a parameter.
     *
     * @param text lines of {@code name=value}, or {@code property:} and what the names of Camel's properties begin with that hold them:
     *             values may be secrets, and Camel logs the parameters of a step that fails; empty: none
     */
    public static ConnectProperties read(String text, CamelContext context) {
        Properties read;
        String prefix = "";
        if (text.startsWith(PROPERTY)) {
            prefix = text.substring(PROPERTY.length());
            String of = prefix;
            read = context.getPropertiesComponent().loadProperties(name -> name.startsWith(of));
        } else {
            read = new Properties();
            try {
                read.load(new StringReader(text));
            } catch (IOException | IllegalArgumentException e) {
                throw new IllegalArgumentException("connectProperties: not lines of name=value", e);
            }
        }
        Map<String, String> values = new TreeMap<>();
        for (String name : read.stringPropertyNames()) {
            // What a user's own property refers to is not resolved yet: a secret may come from the environment.
            values.put(name.substring(prefix.length()), context.resolvePropertyPlaceholders(read.getProperty(name)));
        }
        return new ConnectProperties(prefix, values);
    }

    /** The value of a name; "" if there is none. */
    public String text(String name) {
        return values.getOrDefault(name, "");
    }

    /** A name as whoever set it knows it, for messages. */
    public String key(String name) {
        return prefix + name;
    }

    /** What begins with a prefix, its dot included, under the rest of its name. */
    public Map<String, String> under(String prefix) {
        Map<String, String> under = new TreeMap<>();
        values.forEach((name, value) -> {
            if (name.length() > prefix.length() && name.startsWith(prefix)) {
                under.put(name.substring(prefix.length()), value);
            }
        });
        return under;
    }
}
