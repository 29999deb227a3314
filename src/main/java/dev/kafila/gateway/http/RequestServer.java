package dev.kafila.gateway.http;

import dev.kafila.gateway.request.RequestException;
import dev.kafila.settings.GatewaySettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of requests into Kafka, on a port of its own: an engine of Camel's {@code platform-http}, which routes name with
 * {@code platformHttpEngine}. Camel's own engine holds a thread for each request that waits for the broker, has no end for slow clients,
 * and lets headers of a request and of the exchange through.
 */
public final class RequestServer implements PlatformHttpEngine, AutoCloseable {
    /** Bean: this server. */
    public static final String BEAN = "kafilaRequestServer";

    private static final Logger LOG = LoggerFactory.getLogger(RequestServer.class);

    private static final Pattern UNDECODABLE = Pattern.compile("%(?!\\p{XDigit}{2})");

    private static final int CLOSE_SECONDS = 10;
    private static final long SWEEP_MILLIS = 500;

    private final GatewaySettings settings;
    private final Limits limits;
    private final Access access;
    private final Connections connections;
    private final Admission admission;
    /** Null until the first route starts. A rehearsal of an edit starts none. */
    private Vertx vertx;

    private Router router;
    private HttpServer server;
    private HttpMeters meters;

    public RequestServer(GatewaySettings settings) {
        this(settings, Limits.DEFAULT);
    }

    RequestServer(GatewaySettings settings, Limits limits) {
        this.settings = settings;
        this.limits = limits;
        this.access = new Access(settings.http().apiKeys(), settings.http().host());
        this.connections = new Connections(limits.idle(), limits.linger());
        this.admission = new Admission(settings, limits);
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new RequestConsumer(endpoint, processor, this::router, admission);
    }

    @Override
    public int getServerPort() {
        return server == null ? settings.http().port() : port();
    }

    /** That it listens on. */
    public int port() {
        return server.actualPort();
    }

    /**
     * Listens from now on. Before the routes are started there is nothing to serve.
     *
     * @param registries for what it counts
     * @throws IllegalStateException if that cannot be, as when the port is taken
     */
    public void listen(Collection<MeterRegistry> registries) {
        GatewaySettings.Http http = settings.http();
        Router routes = router();
        HttpServer starting = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(http.host())
                        .setPort(http.port())
                        // Longer than anything that is waited for in silence.
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setIdleTimeout(Math.toIntExact(settings.timeout()
                                .plus(limits.grace())
                                .plus(limits.idle())
                                .toMillis()))
                        .setHttp2ClearTextEnabled(false))
                .connectionHandler(connections::opened)
                .invalidRequestHandler(RequestServer::refuseUnreadable)
                .requestHandler(routes);
        try {
            server = await(starting.listen());
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "kafila.gateway.port: " + http.host() + ":" + http.port()
                            + " cannot be listened on; it is taken, or not of this machine",
                    e);
        }
        meters = new HttpMeters(registries, admission::inFlight);
        vertx.setPeriodic(SWEEP_MILLIS, timer -> connections.closeLate());
        LOG.info("Requests into Kafka: http://{}:{}/topics/...", http.host(), port());
        if (access.isOpen()) {
            LOG.warn(
                    "kafila.gateway.host: {} is not a loopback address, so whoever reaches port {} can write to {}: set"
                            + " kafila.gateway.api-keys",
                    http.host(),
                    port(),
                    settings.topics());
        }
    }

    private synchronized Router router() {
        if (router == null) {
            vertx = Vertx.vertx(new VertxOptions()
                    .setEventLoopPoolSize(1)
                    .setFileSystemOptions(
                            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
            router = Router.router(vertx);
            router.route().handler(this::open);
            for (Refusal refusal : Refusal.values()) {
                router.errorHandler(refusal.status(), this::refuse);
            }
            // By this status Vert.x tells that the client left in the middle of its request.
            router.errorHandler(200, context -> LOG.debug("A client left", context.failure()));
        }
        return router;
    }

    /** The first to see a request, whatever its path. */
    private void open(RoutingContext context) {
        HttpServerRequest request = context.request();
        connections.begun(request.connection());
        context.addEndHandler(end -> {
            meters.answered(context.response().getStatusCode());
            if (request.isEnded()) {
                connections.answered(request.connection());
            } else {
                connections.refused(request.connection());
            }
        });
        try {
            access.check(request.headers());
        } catch (RequestException e) {
            Replies.refuse(request, e);
            return;
        }
        if (UNDECODABLE.matcher(request.uri()).find()) {
            context.fail(Refusal.UNREADABLE.status());
            return;
        }
        context.next();
    }

    private void refuse(RoutingContext context) {
        Refusal refusal = Refusal.of(context.statusCode());
        if (refusal == Refusal.BROKEN) {
            HttpServerRequest request = context.request();
            LOG.error("{} {} failed", request.method(), request.path(), context.failure());
        }
        Replies.refuse(
                context.request(),
                refusal == Refusal.TOO_LARGE
                        ? refusal.exception("The body is longer than "
                                + settings.http().maxBodyBytes() + " bytes (kafila.gateway.max-body-bytes)")
                        : refusal.exception());
    }

    /** What is not HTTP, or has more before its body than fits. */
    private static void refuseUnreadable(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        Refusal refusal = cause instanceof TooLongHttpLineException
                ? Refusal.LONG_PATH
                : cause instanceof TooLongHttpHeaderException ? Refusal.LONG_HEADERS : Refusal.UNREADABLE;
        Replies.refuse(request, refusal.exception());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Ends at once. Requests that are being answered have to be waited for before, as Camel does when it stops routes. */
    @Override
    public synchronized void close() {
        admission.close();
        if (vertx != null) {
            await(vertx.close());
        }
    }
}
