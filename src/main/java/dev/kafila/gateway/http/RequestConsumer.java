package dev.kafila.gateway.http;

import dev.kafila.failure.StackTraces;
import dev.kafila.gateway.request.RequestException;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One path of the server. A route gets the body as bytes, and as headers what is in the path and what HTTP knows of a record, but no other
 * headers of the request: they could steer what Camel does. Of its answer it sends status, content type and body.
 */
final class RequestConsumer extends DefaultConsumer implements PlatformHttpConsumer, Suspendable {
    private static final Logger LOG = LoggerFactory.getLogger(RequestConsumer.class);

    private final Supplier<Router> router;
    private final Admission admission;
    private final List<String> methods;
    private Route route;

    RequestConsumer(PlatformHttpEndpoint endpoint, Processor processor, Supplier<Router> router, Admission admission) {
        super(endpoint, processor);
        this.router = router;
        this.admission = admission;
        this.methods = methods(endpoint.getHttpMethodRestrict());
    }

    private static List<String> methods(String restrict) {
        return Stream.concat(
                        restrict == null
                                ? Stream.of("GET", "POST")
                                : Arrays.stream(restrict.split(",")).map(String::trim),
                        Stream.of("OPTIONS"))
                .flatMap(method -> method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method))
                .toList();
    }

    @Override
    public PlatformHttpEndpoint getEndpoint() {
        return (PlatformHttpEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        route = router.get()
                .route(getEndpoint().getPath().replaceAll("\\{([^/}]+)}", ":$1"))
                .handler(this::begin)
                .handler(admission::admit)
                .handler(this::serve);
    }

    @Override
    protected void doStop() throws Exception {
        if (route != null) {
            route.remove();
        }
        super.doStop();
    }

    private void begin(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (isSuspendingOrSuspended()) {
            Replies.refuse(request, Refusal.STOPPING.exception());
        } else if (!methods.contains(request.method().name())) {
            context.response().putHeader("allow", String.join(", ", methods));
            context.fail(Refusal.WRONG_METHOD.status());
        } else if (request.method().equals(HttpMethod.OPTIONS)) {
            context.response()
                    .putHeader("allow", String.join(", ", methods))
                    .setStatusCode(204)
                    .end();
        } else {
            context.next();
        }
    }

    private void serve(RoutingContext context) {
        Exchange exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOut);
        try {
            fill(exchange.getMessage(), context);
        } catch (RequestException e) {
            releaseExchange(exchange, false);
            Replies.refuse(context.request(), e);
            return;
        }
        Turn turn = Admission.turn(context);
        turn.share();
        Context loop = context.vertx().getOrCreateContext();
        long timer = context.vertx()
                .setTimer(
                        admission.answerTime().toMillis(),
                        late -> Replies.refuse(context.request(), Refusal.LATE.exception()));
        try {
            admission
                    .workers()
                    .execute(() -> process(
                            exchange,
                            () -> loop.runOnContext(done -> {
                                context.vertx().cancelTimer(timer);
                                answer(context, exchange);
                                turn.leave();
                            })));
        } catch (RejectedExecutionException e) {
            // It was closed meanwhile, and nobody is there to be told.
            LOG.debug("A request came while the server was closed", e);
            releaseExchange(exchange, false);
            turn.leave();
        }
    }

    private void fill(Message message, RoutingContext context) throws RequestException {
        HttpServerRequest request = context.request();
        context.pathParams().forEach(message::setHeader);
        message.setHeader(HttpRequests.KEY, HttpText.one(request.headers(), HttpRequests.KEY));
        message.setHeader(HeaderList.NAME, HttpText.all(request.headers(), HeaderList.NAME));
        message.setHeader(HttpRequests.IDEMPOTENCY_KEY, HttpText.one(request.headers(), HttpRequests.IDEMPOTENCY_KEY));
        message.setHeader(HttpRequests.VERBOSE, context.queryParams().get(HttpRequests.VERBOSE));
        Buffer body = context.body().buffer();
        message.setBody(body == null ? new byte[0] : body.getBytes());
    }

    /** On a worker, which is free again as soon as the route waits for something. */
    private void process(Exchange exchange, Runnable done) {
        try {
            createUoW(exchange);
            getAsyncProcessor().process(exchange, synchronously -> done.run());
        } catch (Exception e) {
            exchange.setException(e);
            done.run();
        }
    }

    private void answer(RoutingContext context, Exchange exchange) {
        try {
            Exception failure = exchange.getException();
            if (failure != null) {
                // Camel's error handler has logged it. Its message may hold the request.
                LOG.debug("A request failed: {}", StackTraces.withoutMessages(failure));
                Replies.refuse(context.request(), Refusal.BROKEN.exception());
                return;
            }
            Message message = exchange.getMessage();
            Replies.write(
                    context.response(),
                    message.getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class),
                    message.getHeader(Exchange.CONTENT_TYPE, Replies.JSON, String.class),
                    message.getBody(byte[].class));
        } finally {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }
}
