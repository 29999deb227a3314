package dev.kafila.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * An AWS endpoint that takes everything and does as little as it can, as a process of its own: Lambda's Invoke and EventBridge's PutEvents, and what
 * a start asks before. {@code GET /bench/stats} tells what arrived; {@code POST /bench/begin?latency-ms=20&expected=800000&check=true}
 * forgets it. It says its address on standard output and ends when its standard input does.
 */
public final class Endpoint {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String INVOKE = "/invocations";
    private static final String PUT_EVENTS = "AWSEvents.PutEvents";
    private static final int NO_CONTENT = 204;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private Arrivals arrivals = new Arrivals(0, false, System::currentTimeMillis);
    private long latencyMs;

    private Endpoint() {}

    public static void main(String[] args) throws IOException {
        new Endpoint().listen();
        Child.awaitEndOfInput();
        System.exit(0);
    }

    private void listen() {
        HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(0);
        vertx.createHttpServer(options)
                .requestHandler(this::serve)
                .listen()
                .onSuccess(server -> Child.sayReady("http://127.0.0.1:" + server.actualPort()))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void serve(HttpServerRequest request) {
        String path = request.path();
        if (path.endsWith(INVOKE)) {
            invoke(request);
        } else if (PUT_EVENTS.equals(request.getHeader("x-amz-target"))) {
            take(request, RecordScan::entries, Endpoint::eventIds);
        } else if (path.startsWith("/bench/")) {
            steer(request);
        } else {
            // GetFunction, DescribeEventBus: it exists.
            request.response().end("{\"Configuration\":{\"Timeout\":1},\"Name\":\"bench\"}");
        }
    }

    private void invoke(HttpServerRequest request) {
        if ("DryRun".equals(request.getHeader("x-amz-invocation-type"))) {
            request.response().setStatusCode(NO_CONTENT).end();
        } else {
            take(request, RecordScan::payloadRecords, records -> "{}");
        }
    }

    private void take(HttpServerRequest request, ToIntFunction<RecordScan> records, IntFunction<String> answer) {
        Arrivals now = arrivals;
        RecordScan scan = new RecordScan();
        Buffer whole = now.checks() ? Buffer.buffer() : null;
        request.handler(chunk -> {
            scan.accept(chunk.getBytes());
            if (whole != null) {
                whole.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> {
            int count = records.applyAsInt(scan);
            now.add(count, request.bytesRead());
            if (whole != null) {
                now.identify(whole.getBytes());
            }
            answer(request, answer.apply(count));
        });
    }

    private void answer(HttpServerRequest request, String body) {
        if (latencyMs == 0) {
            request.response().end(body);
        } else {
            vertx.setTimer(latencyMs, timer -> request.response().end(body));
        }
    }

    private static String eventIds(int entries) {
        String id = "{\"EventId\":\"11710aed-b79e-4468-a20b-bb3c0c3b4860\"}";
        return "{\"FailedEntryCount\":0,\"Entries\":[" + String.join(",", Collections.nCopies(entries, id)) + "]}";
    }

    private void steer(HttpServerRequest request) {
        if (request.path().endsWith("/begin")) {
            latencyMs = Long.parseLong(request.getParam("latency-ms", "0"));
            long expected = Long.parseLong(request.getParam("expected", "0"));
            boolean check = Boolean.parseBoolean(request.getParam("check", "false"));
            arrivals = new Arrivals(expected, check, System::currentTimeMillis);
        }
        request.response().end(json(arrivals.stats()));
    }

    private static String json(ArrivalStats stats) {
        try {
            return JSON.writeValueAsString(stats);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
