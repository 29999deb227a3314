package dev.kafila.mapping.api;

import dev.kafila.loopback.Loopback;
import dev.kafila.settings.MappingSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;

/** The HTTP server of the API, on a port of its own. */
public final class MappingApi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MappingApi.class);

    /** A mapping has to fit in a record of Kafka, which is 1 MiB unless somebody changes it. */
    static final int MAX_BODY = 256 * 1024;

    /** Requests that are looked at or wait for it; the next one is told to come back. */
    static final int MAX_REQUESTS = 64;

    private static final int WORKERS = 4;
    private static final int IDLE_SECONDS = 60;
    private static final int CLOSE_SECONDS = 10;

    /** Of HTTP, in which days have two digits. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final Vertx vertx;
    private final Operations operations;
    private final Signatures signatures;
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;

    /** @param signatures null: nobody has to sign */
    private MappingApi(Vertx vertx, Operations operations, Signatures signatures) {
        this.vertx = vertx;
        this.operations = operations;
        this.signatures = signatures;
    }

    /**
     * Listens from now on.
     *
     * @throws IllegalStateException if that cannot be, as when the port is taken
     */
    public static MappingApi start(MappingService service, MappingSettings.Api settings) {
        return start(service, settings, Clock.systemUTC());
    }

    static MappingApi start(MappingService service, MappingSettings.Api settings, Clock clock) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(WORKERS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        MappingApi api = new MappingApi(
                vertx,
                new Operations(service),
                settings.accessKeys().isEmpty() ? null : new Signatures(settings.accessKeys(), clock));
        try {
            api.listen(settings);
        } catch (RuntimeException e) {
            api.close();
            throw new IllegalStateException(
                    "kafila.mapping.port: " + settings.host() + ":" + settings.port()
                            + " cannot be listened on; it is taken, or not of this machine",
                    e);
        }
        LOG.info("Event source mappings: http://{}:{}/2015-03-31/event-source-mappings", settings.host(), api.port());
        return api;
    }

    private void listen(MappingSettings.Api settings) {
        Router router = Router.router(vertx);
        router.route()
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY))
                .handler(this::serve)
                .failureHandler(this::fail);
        server = await(vertx.createHttpServer(new HttpServerOptions()
                        .setHost(settings.host())
                        .setPort(settings.port())
                        .setIdleTimeout(IDLE_SECONDS)
                        .setHttp2ClearTextEnabled(false))
                .requestHandler(router)
                .listen());
    }

    /** That it listens on. */
    public int port() {
        return server.actualPort();
    }

    private void serve(RoutingContext context) {
        if (requests.incrementAndGet() > MAX_REQUESTS) {
            requests.decrementAndGet();
            context.response().putHeader("retry-after", "1");
            write(context, ApiAnswer.of(ApiError.TOO_MANY, "Too many requests at once: try again"));
            return;
        }
        vertx.executeBlocking(() -> answer(context), false)
                .onComplete(done -> requests.decrementAndGet())
                .onSuccess(answer -> write(context, answer))
                .onFailure(context::fail);
    }

    private ApiAnswer answer(RoutingContext context) {
        try {
            ApiRequest request = read(context);
            if (signatures == null) {
                requireLocal(request);
            } else {
                signatures.verify(request);
            }
            return operations.answer(request);
        } catch (ApiException e) {
            return ApiAnswer.of(e.error(), e.getMessage());
        }
    }

    /** Keeps pages that somebody on this machine looks at from using an API that asks for no signature. */
    private static void requireLocal(ApiRequest request) {
        if (request.header("origin") != null || !Loopback.isName(request.header("host"))) {
            throw new ApiException(
                    ApiError.ACCESS_DENIED,
                    "Without kafila.mapping.access-keys.* the API is for programs on this machine, by the name"
                            + " localhost or a loopback address");
        }
    }

    private static ApiRequest read(RoutingContext context) {
        HttpServerRequest request = context.request();
        Map<String, List<String>> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.computeIfAbsent(
                        name.toLowerCase(Locale.ROOT), named -> new ArrayList<>())
                .add(value));
        Buffer body = context.body().buffer();
        return ApiRequest.of(
                request.method().name(),
                request.uri(),
                headers,
                SdkBytes.fromByteArrayUnsafe(body == null ? new byte[0] : body.getBytes()));
    }

    /** What came before anybody looked at the request, or what nobody thought of. */
    private void fail(RoutingContext context) {
        if (context.statusCode() == ApiError.TOO_LARGE.status()) {
            write(context, ApiAnswer.of(ApiError.TOO_LARGE, "A request has at most " + MAX_BODY + " bytes"));
        } else if (context.failure() == null) {
            write(context, ApiAnswer.of(ApiError.MALFORMED, "The request cannot be read"));
        } else {
            LOG.error(
                    "{} {} failed",
                    context.request().method(),
                    context.request().path(),
                    context.failure());
            write(context, ApiAnswer.of(ApiError.SERVICE, "The request failed; the log of Kafila says why"));
        }
    }

    private static void write(RoutingContext context, ApiAnswer answer) {
        HttpServerResponse response = context.response()
                .setStatusCode(answer.status())
                .putHeader("x-amzn-requestid", UUID.randomUUID().toString())
                // By which clients notice that their clocks are wrong, and sign again.
                .putHeader("date", DATE.format(Instant.now()));
        if (answer.errorType() != null) {
            response.putHeader("x-amzn-errortype", answer.errorType());
        }
        if (answer.body() == null) {
            response.end();
        } else {
            response.putHeader("content-type", "application/json")
                    .end(answer.body().toString());
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Ends at once; a change that is on its way is written or not. */
    @Override
    public void close() {
        await(vertx.close());
    }
}
