package dev.kafila.management;

import dev.kafila.batch.Ledger;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator sees of a running application: health, metrics and partitions, below {@code /observe} of the management port. */
public final class Management {
    /** Camel's own port for observability, so that it is out of the way of what a route may serve. */
    public static final int DEFAULT_PORT = 9876;

    private static final Logger LOG = LoggerFactory.getLogger(Management.class);

    private static final String PORT = "camel.management.port";

    /**
     * Checks of event source mappings. What keeps one of them from running is its state, which the API shows: the API, and all other
     * mappings, are not to be taken out of service for it.
     */
    private static final String MAPPINGS = ".*mapping-[0-9a-f]{8}-[0-9a-f-]{27}";

    /** Camel binds to every interface and leaves all of it off; an operator's {@code camel.*} keys win. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "camel.management.enabled", "true",
            "camel.management.host", "127.0.0.1",
            "camel.management.healthCheckEnabled", "true",
            "camel.management.metricsEnabled", "true",
            "camel.metrics.enabled", "true",
            "camel.health.exposureLevel", "full",
            "camel.health.excludePattern", MAPPINGS,
            "camel.server.host", "127.0.0.1");

    private Management() {}

    /**
     * Loads the HTTP server's classes on a thread of its own. It takes a quarter of a second, which Camel would otherwise spend between
     * reading the configuration and starting the first route.
     */
    public static void warmUp() {
        // For a few requests a minute Netty needs no unsafe memory, about which newer JDKs print warnings.
        System.getProperties().putIfAbsent("io.netty.noUnsafe", "true");
        Thread thread = new Thread(() -> Vertx.vertx().close().toCompletionStage(), "kafila-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    /** Before the start. */
    public static void configure(Main main) {
        DEFAULTS.forEach(main::addInitialProperty);
    }

    /**
     * Before the start of a Camel that is to listen: on the port that was asked for, else on the default port or a free one.
     *
     * @throws IllegalStateException if the port that was asked for is taken: Camel would warn and go on without
     */
    public static void listen(Main main) {
        String host = property(main, "camel.management.host");
        String chosen = property(main, PORT);
        if (chosen == null) {
            main.addInitialProperty(PORT, Integer.toString(isFree(host, DEFAULT_PORT) ? DEFAULT_PORT : 0));
        } else if (Boolean.parseBoolean(property(main, "camel.management.enabled"))
                && !isFree(host, Integer.parseInt(chosen))) {
            throw new IllegalStateException(
                    PORT + ": " + host + ":" + chosen + " cannot be listened on; it is taken, or not of this machine");
        }
    }

    /** Null if neither an operator nor the defaults have it. */
    private static String property(Main main, String key) {
        return main.getOverrideProperties()
                .getProperty(key, main.getInitialProperties().getProperty(key));
    }

    private static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Once it is started: the ledger's health and meters, and what Camel's management server does not have. */
    public static void attach(CamelContext context) {
        Ledger ledger = Ledger.of(context);
        HealthCheckRegistry health = HealthCheckRegistry.get(context);
        if (health != null) {
            health.register(new LedgerHealthCheck(ledger));
        }
        Partitions partitions = new Partitions(context);
        for (MeterRegistry meters : context.getRegistry().findByType(MeterRegistry.class)) {
            LedgerMeters.bind(ledger, meters);
            Gauge.builder("kafila.partitions.stopped", partitions, all -> all.stopped()
                            .size())
                    .description("Partitions that wait to be resumed")
                    .strongReference(true)
                    .register(meters);
        }
        ManagementHttpServer server = context.hasService(ManagementHttpServer.class);
        if (server != null) {
            PartitionsEndpoint.install(server.getRouter(), partitions);
            LOG.info("Health, metrics and partitions: http://{}:{}/observe", server.getHost(), port(server));
        }
    }

    /** The port that the management server listens on; empty if it is off. */
    public static OptionalInt port(CamelContext context) {
        ManagementHttpServer server = context.hasService(ManagementHttpServer.class);
        return server == null ? OptionalInt.empty() : OptionalInt.of(port(server));
    }

    private static int port(ManagementHttpServer server) {
        VertxPlatformHttpRouter router = server.getRouter();
        return router.getServer().getPort();
    }
}
