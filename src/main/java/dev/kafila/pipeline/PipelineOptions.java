package dev.kafila.pipeline;

import dev.kafila.aws.AwsSettings;
import dev.kafila.filter.RecordFilter;
import dev.kafila.record.ConnectProperties;
import dev.kafila.record.PropertyText;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;

/**
 * What happens to a record between the broker and the format.
 *
 * @param keyConverter    a short name or a class
 * @param valueConverter  a short name or a class
 * @param headerConverter a short name or a class
 * @param filter          an EventBridge pattern, or an array of texts with one each; empty: nothing is filtered
 * @param connect         passed to converters, transforms and predicates
 * @param aws             how converters reach a registry of AWS
 */
public record PipelineOptions(
        String keyConverter,
        String valueConverter,
        String headerConverter,
        String filter,
        ConnectProperties connect,
        AwsSettings aws) {
    private static final String PROPERTY = "property:";
    private static final String DEFAULT_CONVERTER = "string";

    /** Converters that keep the bytes as they are, or nearly: what they read need not be written again. */
    private static final Set<String> BARE = Set.of(
            "string",
            "bytes",
            "org.apache.kafka.connect.storage.StringConverter",
            "org.apache.kafka.connect.converters.ByteArrayConverter");

    /**
     * Reads the parameters of a sink.
     *
     * @param parameters text of a parameter by its name; empty: the default
     * @param own        the sink's own way to AWS; if it leaves everything open, {@code aws.} of the Connect properties is meant
     */
    public static PipelineOptions of(UnaryOperator<String> parameters, AwsSettings own, CamelContext context) {
        ConnectProperties connect = ConnectProperties.read(parameters.apply("connectProperties"), context);
        AwsSettings aws =
                own.equals(AwsSettings.SDK_DEFAULTS) ? AwsSettings.of(name -> connect.text("aws." + name)) : own;
        return new PipelineOptions(
                converter(parameters, "keyConverter"),
                converter(parameters, "valueConverter"),
                converter(parameters, "headerConverter"),
                filter(parameters.apply("filter"), context),
                connect,
                aws);
    }

    /** Whether formats that could do without carry keys and values as they were decoded and transformed. */
    public boolean decoded() {
        return transforms() || !BARE.contains(keyConverter) || !BARE.contains(valueConverter);
    }

    /** Whether headers are read as anything else than the text or bytes that they are. */
    public boolean readsHeaders() {
        return !headerConverter.equals(DEFAULT_CONVERTER);
    }

    /** The same where every record is wanted. */
    public PipelineOptions withoutFilter() {
        return new PipelineOptions(keyConverter, valueConverter, headerConverter, "", connect, aws);
    }

    boolean transforms() {
        return !connect.text("transforms").isBlank();
    }

    /** Null if nothing is filtered. */
    RecordFilter recordFilter() {
        try {
            return filter.isEmpty() ? null : RecordFilter.of(filter);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    connect.key("filter") + ": not an EventBridge pattern: " + e.getMessage(), e);
        }
    }

    private static String converter(UnaryOperator<String> parameters, String name) {
        String converter = parameters.apply(name);
        return converter.isEmpty() ? DEFAULT_CONVERTER : converter;
    }

    private static String filter(String text, CamelContext context) {
        if (!text.startsWith(PROPERTY)) {
            return text;
        }
        String name = text.substring(PROPERTY.length());
        return PropertyText.read(name, context)
                .orElseThrow(() -> new IllegalArgumentException("filter: there is no property " + name))
                .trim();
    }
}
