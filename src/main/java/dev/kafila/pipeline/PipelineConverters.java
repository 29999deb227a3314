package dev.kafila.pipeline;

import dev.kafila.record.Converters;
import java.io.Closeable;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.util.IOHelper;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;

/** The converters of a sink, configured. */
record PipelineConverters(Converter key, Converter value, HeaderConverter headers) implements AutoCloseable {

    /** Throws {@link IllegalArgumentException} with the name of a converter's option. */
    static PipelineConverters create(PipelineOptions options, CamelContext context) {
        return new PipelineConverters(
                named(options, "key-converter", () -> converter(options, true, context)),
                named(options, "value-converter", () -> converter(options, false, context)),
                named(
                        options,
                        "header-converter",
                        () -> Converters.createForHeaders(
                                options.headerConverter(), options.connect().under("header-converter."), context)));
    }

    private static Converter converter(PipelineOptions options, boolean key, CamelContext context) {
        return Converters.create(
                key ? options.keyConverter() : options.valueConverter(),
                options.connect().under(key ? "key-converter." : "value-converter."),
                key,
                options.aws(),
                context);
    }

    private static <T> T named(PipelineOptions options, String key, Supplier<T> converter) {
        try {
            return converter.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(options.connect().key(key) + ": " + e.getMessage(), e);
        }
    }

    /** Closes those that can be. */
    @Override
    public void close() {
        for (Object converter : new Object[] {key, value, headers}) {
            if (converter instanceof Closeable closeable) {
                IOHelper.close(closeable);
            }
        }
    }
}
