package dev.kafila.gateway.schema;

import dev.kafila.gateway.request.RequestException;
import dev.kafila.schema.ConfluentRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import org.apache.camel.util.concurrent.CamelThreadFactory;

/** Keeps the schema of each topic that was asked for. */
final class CachedSchemas implements TopicSchemas {
    private final Map<String, CachedSchema> topics = new ConcurrentHashMap<>();
    /** Never more threads than topics. */
    private final ExecutorService threads =
            Executors.newCachedThreadPool(new CamelThreadFactory("#name# ##counter#", "KafilaSchemas", true));

    private final SchemaLookup lookup;
    private final SchemaOptions options;
    private final LongSupplier nanos;

    CachedSchemas(SchemaOptions options, SchemaSource source, LongSupplier nanos) {
        this.options = options;
        this.nanos = nanos;
        lookup = new SchemaLookup(options, source);
    }

    static CachedSchemas of(SchemaOptions options) {
        String framing = options.framing().name();
        if (options.framing() != SchemaOptions.Framing.RAW
                && !framing.equals(options.source().name())) {
            throw new IllegalArgumentException("framing: " + framing.toLowerCase(Locale.ROOT)
                    + " needs the ids of that registry, and schemas are in another place");
        }
        SchemaSource source =
                switch (options.source()) {
                    case GLUE -> new GlueSource(options.aws(), options.registry());
                    case CONFLUENT -> ConfluentRegistry.of(options.confluent())::latest;
                    case DIRECTORY -> new DirectorySource(options.directory());
                };
        return new CachedSchemas(options, source, System::nanoTime);
    }

    @Override
    public TopicSchema find(String topic) throws RequestException {
        return cached(topic).find();
    }

    @Override
    public TopicSchema newerThan(TopicSchema known) throws RequestException {
        return cached(known.topic()).newerThan(known);
    }

    private CachedSchema cached(String topic) {
        return topics.computeIfAbsent(topic, name -> new CachedSchema(name, lookup, options.refresh(), threads, nanos));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        lookup.close();
    }
}
