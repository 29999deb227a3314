package dev.kafila.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
    private static final ObjectReader OBJECT = JsonMapper.builder()
            .build()
            .readerForMapOf(String.class)
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String prefix;
    private final Map<String, String> values;

    private ConnectProperties(String prefix, Map<String, String> values) {
        this.prefix = prefix;
        this.values = values;
    }

    /**
     * Reads them from a parameter.
     *
     * @param text a JSON object, since no line ends get through the address of a kamelet; or {@code property:} and what the names of
     *             Camel's properties begin with that hold them: values may be secrets, and Camel logs the parameters of a step that
     *             fails; empty: none
     */
    public static ConnectProperties read(String text, CamelContext context) {
        Map<String, String> values = new TreeMap<>();
        if (text.startsWith(PROPERTY)) {
            String prefix = text.substring(PROPERTY.length());
            Properties read = context.getPropertiesComponent().loadProperties(name -> name.startsWith(prefix));
            read.stringPropertyNames()
                    .forEach(name -> values.put(
                            name.substring(prefix.length()), PropertyText.resolved(read.getProperty(name), context)));
            return new ConnectProperties(prefix, values);
        }
        if (!text.isEmpty()) {
            try {
                values.putAll(OBJECT.readValue(text));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("connectProperties: not an object of JSON with texts in it", e);
            }
        }
        return new ConnectProperties("", values);
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
