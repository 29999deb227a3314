package dev.kafila.gateway.http;

import dev.kafila.settings.GatewaySettings;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** What a request has to pass before its body is read, and that reading. */
final class Admission implements AutoCloseable {
    private static final String TURN = "kafila-turn";
    private static final Pattern JSON = Pattern.compile(
            "application/(?:json|[\\w.!#$&^-]+\\+json)\\s*(?:;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?;?",
            Pattern.CASE_INSENSITIVE);

    private final int most;
    private final Semaphore places;
    private final Duration bodyTime;
    private final Duration answerTime;
    private final BodyHandler body;
    /** As many as there are places, at most: they are idle while the broker is waited for, unless it keeps the producer's buffer full. */
    private final ExecutorService workers;

    Admission(GatewaySettings settings, Limits limits) {
        this.most = settings.maxInFlight();
        this.places = new Semaphore(most);
        this.bodyTime = limits.body();
        this.answerTime = settings.timeout().plus(limits.grace());
        this.body = BodyHandler.create(false).setBodyLimit(settings.http().maxBodyBytes());
        AtomicInteger number = new AtomicInteger();
        this.workers =
                Executors.newCachedThreadPool(task -> new Thread(task, "kafila-request-" + number.incrementAndGet()));
    }

    /** Requests that have a place. */
    int inFlight() {
        return most - places.availablePermits();
    }

    /** For the route to answer a request that was read. */
    Duration answerTime() {
        return answerTime;
    }

    ExecutorService workers() {
        return workers;
    }

    /** The place that an admitted request has. */
    static Turn turn(RoutingContext context) {
        return context.get(TURN);
    }

    /** Refuses, or reads the body and lets the next handler have it. */
    void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (carriesBody(request) && !isJson(request)) {
            context.fail(Refusal.WRONG_TYPE.status());
            return;
        }
        Turn turn = Turn.take(places);
        if (turn == null) {
            Replies.refuse(request, Refusal.BUSY.exception());
            return;
        }
        context.put(TURN, turn);
        long timer = context.vertx().setTimer(bodyTime.toMillis(), late -> {
            if (!request.isEnded()) {
                context.fail(Refusal.TOO_SLOW.status());
            }
        });
        context.addEndHandler(end -> {
            context.vertx().cancelTimer(timer);
            turn.leave();
        });
        body.handle(context);
    }

    private static boolean carriesBody(HttpServerRequest request) {
        return switch (request.method().name().toUpperCase(Locale.ROOT)) {
            case "GET", "HEAD" -> false;
            default -> true;
        };
    }

    /** Without a type a page in a browser could send it from another site unasked. */
    private static boolean isJson(HttpServerRequest request) {
        List<String> types = request.headers().getAll("content-type");
        String encoding = request.getHeader("content-encoding");
        return types.size() == 1
                && JSON.matcher(types.get(0).strip()).matches()
                && (encoding == null || encoding.equalsIgnoreCase("identity"));
    }

    @Override
    public void close() {
        workers.shutdown();
    }
}
