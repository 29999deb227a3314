package dev.kafila.sandbox;

import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.atomic.AtomicBoolean;

/** Puts a reply on the wire, or breaks the connection the way the answer says. Runs on the endpoint's event loop. */
final class ReplyWriter {
    private final Vertx vertx;

    ReplyWriter(Vertx vertx) {
        this.vertx = vertx;
    }

    void write(HttpServerRequest request, AwsReply reply) {
        AtomicBoolean open = new AtomicBoolean(true);
        Runnable finished = () -> {
            if (open.getAndSet(false)) {
                reply.finished().run();
            }
        };
        if (request.response().closed()) {
            // The client did not wait for the function.
            finished.run();
            return;
        }
        request.response().endHandler(end -> finished.run());
        request.response().closeHandler(closed -> finished.run());
        long delay = reply.answer().delay().toMillis();
        if (delay > 0) {
            vertx.setTimer(delay, timer -> {
                if (open.get()) {
                    writeNow(request, reply);
                }
            });
        } else {
            writeNow(request, reply);
        }
    }

    private static void writeNow(HttpServerRequest request, AwsReply reply) {
        switch (reply.answer().kind()) {
            case OK, FUNCTION_ERROR, ERROR -> send(request.response(), reply);
            case TRUNCATED -> sendHalf(request, reply);
            case RESET -> reset(request);
            case HANG -> {
                // The client's timeout ends it.
            }
        }
    }

    private static void send(HttpServerResponse response, AwsReply reply) {
        response.setStatusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        response.end(reply.body());
    }

    private static void sendHalf(HttpServerRequest request, AwsReply reply) {
        Buffer whole = reply.body().length() == 0 ? Buffer.buffer("    ") : reply.body();
        HttpServerResponse response = request.response().setStatusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        response.putHeader("Content-Length", String.valueOf(whole.length()));
        response.write(whole.getBuffer(0, whole.length() / 2))
                .onComplete(written -> request.connection().close());
    }

    /** Lingering for no time turns the close into a TCP reset. */
    private static void reset(HttpServerRequest request) {
        ((ConnectionBase) request.connection()).channel().config().setOption(ChannelOption.SO_LINGER, 0);
        request.connection().close();
    }
}
