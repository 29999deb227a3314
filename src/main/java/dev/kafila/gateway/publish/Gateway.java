package dev.kafila.gateway.publish;

import dev.kafila.gateway.schema.TopicSchemas;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.util.concurrent.CamelThreadFactory;

/** What a sink publishes with, from start to close. */
final class Gateway implements AutoCloseable {
    /** A route of a user's own may block after the sink. */
    private static final int ROUTE_THREADS = 32;

    private static final int IDLE_SECONDS = 30;

    private final TopicSchemas schemas;
    private final KafkaConnection kafka;
    private final Map<String, TopicWriter> writers = new LinkedHashMap<>();
    private final ThreadPoolExecutor routes;
    private final RequestPublisher publisher;

    private Gateway(CamelContext context, GatewayOptions options, TopicSchemas schemas) {
        this.schemas = schemas;
        kafka = KafkaConnection.of(context, options);
        RecordValues values = new SchemaValues(schemas);
        for (String topic : options.topics()) {
            TopicDoor door = new TopicDoor(topic, kafka.producer());
            writers.put(topic, new TopicWriter(topic, values, door, kafka.producer(), threads(context, topic)));
        }
        routes = new ThreadPoolExecutor(
                ROUTE_THREADS,
                ROUTE_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                threads(context, "answers"),
                // An exchange that is answered late must end nevertheless.
                (task, pool) -> task.run());
        routes.allowCoreThreadTimeOut(true);
        GatewayReport report =
                new GatewayReport(context.getRegistry().findByType(MeterRegistry.class), options.topics());
        IdempotencyKeys keys = new IdempotencyKeys(options.idempotencyWindow(), options.idempotencyKeys());
        publisher = new RequestPublisher(options, writers, keys, report);
    }

    /**
     * Connects to nothing before the first request.
     *
     * @throws IllegalArgumentException with the name of a parameter that is not right
     */
    static Gateway start(CamelContext context, GatewayOptions options) {
        TopicSchemas schemas = TopicSchemas.of(options.schemas(context));
        try {
            return new Gateway(context, options, schemas);
        } catch (RuntimeException e) {
            schemas.close();
            throw e;
        }
    }

    private static ThreadFactory threads(CamelContext context, String name) {
        CamelThreadFactory named = new CamelThreadFactory(
                context.getExecutorServiceManager().getThreadNamePattern(), "KafilaGateway[" + name + "]", true);
        ClassLoader loader = context.getApplicationContextClassLoader();
        return task -> {
            Thread thread = named.newThread(task);
            // Plug-ins are found through it, such as a login module.
            if (loader != null) {
                thread.setContextClassLoader(loader);
            }
            return thread;
        };
    }

    /** Done when the first request of each topic has nothing to wait for, or cannot be published anyway. */
    CompletableFuture<Void> warmUp() {
        return CompletableFuture.allOf(
                writers.values().stream().map(TopicWriter::warmUp).toArray(CompletableFuture[]::new));
    }

    RequestPublisher publisher() {
        return publisher;
    }

    /** What routes go on with after an answer. */
    Executor routes() {
        return routes;
    }

    @Override
    public void close() {
        writers.values().forEach(TopicWriter::close);
        kafka.close();
        schemas.close();
        routes.shutdown();
    }
}
