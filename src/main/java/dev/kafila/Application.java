package dev.kafila;

import dev.kafila.batch.Ledger;
import dev.kafila.gateway.http.RequestServer;
import dev.kafila.management.LedgerReport;
import dev.kafila.management.Management;
import dev.kafila.mapping.Mappings;
import dev.kafila.plugins.PluginDirectory;
import dev.kafila.reload.Flows;
import dev.kafila.reload.Reasons;
import dev.kafila.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.main.Main;
import org.apache.camel.util.TimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafila: the routes and kamelets of the jar and of a directory, on a Camel of their own. Several may run in one process; closing one
 * drains what it is delivering and writes the ledger to the log.
 */
public final class Application implements AutoCloseable {
    /** Bean: the client of Lambda of the route {@code kafka-to-lambda}; there while that route is on. */
    public static final String LAMBDA_CLIENT = "kafilaLambdaClient";

    /** Bean: the client of EventBridge of the route {@code kafka-to-eventbridge}; there while that route is on. */
    public static final String EVENT_BRIDGE_CLIENT = "kafilaEventBridgeClient";

    /** Bean: the client of S3 of the route {@code kafka-to-eventbridge}; there while that route is on and offloads values. */
    public static final String S3_CLIENT = "kafilaS3Client";

    /** Bean: the client of Lambda of event source mappings; there while they are on. */
    public static final String MAPPING_CLIENT = "kafilaMappingLambdaClient";

    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private final PluginDirectory plugins;
    private final Flows flows;
    private final Clients clients;
    private final Main main;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Null unless they are on and started. */
    private Mappings mappings;
    /** Null unless requests come over HTTP. */
    private RequestServer requests;

    private Application(Settings settings, Path directory) throws IOException {
        plugins = settings.plugins() == null
                ? PluginDirectory.openBeside(Application.class)
                : PluginDirectory.open(settings.plugins());
        flows = Flows.read(directory);
        clients = Clients.of(settings, plugins.classLoader());
        main = camel(settings);
        flows.install(main);
    }

    /** Runs Kafila as this process. Settings come from {@code -D}, the environment and {@code application.properties}. */
    public static void main(String... arguments) {
        System.exit(new KafilaProcess().run(arguments));
    }

    /**
     * Starts it, and returns when its routes are started.
     *
     * @param directory where {@code routes/} and {@code kamelets/} are looked for
     * @throws Exception when a route cannot be built or started, or there is none; nothing is left running then
     */
    public static Application start(Settings settings, Path directory) throws Exception {
        long begin = System.nanoTime();
        Application application = new Application(settings, directory);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // What is made now, threads of consumers included, finds plug-ins by it.
        thread.setContextClassLoader(application.plugins.classLoader());
        try {
            application.start(settings);
        } catch (NothingToRunException e) {
            application.closeAfter(e);
            throw e;
        } catch (Exception | LinkageError e) {
            Exception told = new StartException(Reasons.of(e, application.camelContext()), e);
            application.closeAfter(told);
            throw told;
        } finally {
            thread.setContextClassLoader(before);
        }
        LOG.info("Started in {} ms", Duration.ofNanos(System.nanoTime() - begin).toMillis());
        return application;
    }

    public CamelContext camelContext() {
        return main.getCamelContext();
    }

    /** The port of health, metrics and partitions; empty when {@code camel.management.enabled} is false. */
    public OptionalInt managementPort() {
        return Management.port(camelContext());
    }

    /** The port of the API of event source mappings; empty when {@code kafila.mapping.enabled} is false. */
    public OptionalInt mappingPort() {
        return mappings == null ? OptionalInt.empty() : OptionalInt.of(mappings.port());
    }

    /** The port of requests into Kafka; empty when they do not come over HTTP. */
    public OptionalInt gatewayPort() {
        return requests == null ? OptionalInt.empty() : OptionalInt.of(requests.port());
    }

    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        LOG.info("Stopping: what is being delivered is waited for");
        flows.close();
        if (mappings != null) {
            mappings.close();
        }
        Ledger ledger = camelContext() == null ? null : Ledger.of(camelContext());
        try {
            main.stop();
        } finally {
            if (requests != null) {
                requests.close();
            }
            clients.close();
            plugins.close();
        }
        if (ledger != null) {
            LedgerReport.lines(ledger).forEach(line -> LOG.info("Ledger: {}", line));
        }
        LOG.info("Stopped");
    }

    private void start(Settings settings) throws Exception {
        Management.listen(main);
        flows.check(main);
        requests = camelContext().getRegistry().lookupByNameAndType(RequestServer.BEAN, RequestServer.class);
        main.start();
        List<String> routes = camelContext().getRoutes().stream()
                .filter(route -> !route.isCreatedByKamelet())
                .map(Route::getId)
                .toList();
        if (routes.isEmpty() && !settings.mapping().enabled()) {
            throw new NothingToRunException(
                    "No route is on: set kafila.lambda.topics and kafila.lambda.function, or kafila.eventbridge.topics and"
                            + " kafila.eventbridge.bus, or kafila.gateway.topics, or kafila.mapping.enabled=true, or put a"
                            + " route into "
                            + flows.directory());
        }
        LOG.info("Routes: {}", routes.isEmpty() ? "none" : String.join(", ", routes));
        Management.attach(camelContext());
        if (settings.mapping().enabled()) {
            mappings = Mappings.start(camelContext(), settings.mapping(), MAPPING_CLIENT);
        }
        if (requests != null) {
            requests.listen(camelContext().getRegistry().findByType(MeterRegistry.class));
        }
        flows.watch(main, () -> camel(settings));
    }

    private Main camel(Settings settings) {
        KafilaMain camel = new KafilaMain(settings.camelProperties(), plugins.classLoader());
        // A consumer drains for that long; Camel has to wait a little longer.
        long drainMillis = drainTimeouts(settings)
                .mapToLong(key ->
                        TimeUtils.toMilliSeconds(settings.camelProperties().get(key)))
                .max()
                .orElseThrow();
        camel.addInitialProperty(
                "camel.main.shutdownTimeout",
                Long.toString(Duration.ofMillis(drainMillis).toSeconds() + 5));
        Management.configure(camel);
        clients.bind(camel.registry());
        if (settings.gateway().serves()) {
            camel.bind(RequestServer.BEAN, new RequestServer(settings.gateway()));
        }
        return camel;
    }

    /** Those of what is on; where there are only routes of a user's own, the one to Lambda stands for them. */
    private static Stream<String> drainTimeouts(Settings settings) {
        boolean bus = settings.eventBridge().enabled();
        boolean mapping = settings.mapping().enabled();
        boolean gateway = settings.gateway().enabled();
        Stream<String> lambda = settings.lambda().enabled() || !(bus || mapping || gateway)
                ? Stream.of("kafila.lambda.drain-timeout")
                : Stream.of();
        return Stream.of(
                        lambda,
                        bus ? Stream.of("kafila.eventbridge.drain-timeout") : Stream.<String>of(),
                        mapping ? Stream.of("kafila.mapping.drain-timeout") : Stream.<String>of(),
                        // By then each request that is under way is answered.
                        gateway ? Stream.of("kafila.gateway.timeout") : Stream.<String>of())
                .flatMap(keys -> keys);
    }

    private void closeAfter(Exception failure) {
        try {
            close();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
