package dev.kafila.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lambda's Runtime API for one function: processes that are told {@link #address()} as {@code AWS_LAMBDA_RUNTIME_API} serve its
 * invocations. An answer that a test asks the function for still comes first.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
public final class SandboxRuntime implements AutoCloseable {
    private static final String BASE = "/2018-06-01/runtime/";
    private static final Pattern OUTCOME = Pattern.compile(BASE + "invocation/([^/]+)/(response|error)");

    private final SandboxFunction function;
    private final RuntimeWork work;
    private final HttpServer server;
    private final int port = LoopbackPorts.take(1).get(0);

    private SandboxRuntime(Vertx vertx, SandboxFunction function) {
        this.function = function;
        work = new RuntimeWork(vertx, function);
        server = vertx.createHttpServer();
        server.requestHandler(request -> request.body().onSuccess(body -> serve(request, body)));
    }

    static SandboxRuntime start(Vertx vertx, SandboxFunction function) {
        SandboxRuntime runtime = new SandboxRuntime(vertx, function);
        SandboxAws.await(runtime.server.listen(runtime.port, LoopbackPorts.HOST));
        function.servedBy(runtime.work);
        return runtime;
    }

    /** Host and port. */
    public String address() {
        return LoopbackPorts.HOST + ":" + port;
    }

    /** The function answers by itself again. */
    @Override
    public void close() {
        function.servedBy(null);
        SandboxAws.await(server.close());
    }

    private void serve(HttpServerRequest request, Buffer body) {
        Matcher outcome = OUTCOME.matcher(request.path());
        if (request.path().equals(BASE + "invocation/next")) {
            next(request.response());
        } else if (outcome.matches() && outcome.group(2).equals("response")) {
            respond(request.response(), outcome.group(1), body);
        } else if (outcome.matches()) {
            accept(request.response(), work.answer(outcome.group(1), Answer.functionError("Unhandled", text(body))));
        } else if (request.path().equals(BASE + "init/error")) {
            work.cannotStart(Answer.functionError("Unhandled", text(body)));
            accept(request.response(), true);
        } else {
            reply(request.response(), 404, "InvalidPath", "The Runtime API has no " + request.path());
        }
    }

    private void next(HttpServerResponse response) {
        Consumer<Invocation> process = invocation -> response.putHeader("Content-Type", "application/json")
                .putHeader("Lambda-Runtime-Aws-Request-Id", invocation.requestId())
                .putHeader("Lambda-Runtime-Deadline-Ms", String.valueOf(deadline()))
                .putHeader(
                        "Lambda-Runtime-Invoked-Function-Arn",
                        "arn:aws:lambda:" + invocation.signature().region() + ":000000000000:function:"
                                + function.name())
                .putHeader("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000;Sampled=0")
                .end(Buffer.buffer(invocation.payload().asByteArrayUnsafe()));
        response.closeHandler(closed -> work.gone(process));
        work.next(process);
    }

    private long deadline() {
        return System.currentTimeMillis() + function.configuration().timeout().toMillis();
    }

    private void respond(HttpServerResponse response, String requestId, Buffer body) {
        if (body.length() <= LambdaProtocol.SYNC_LIMIT) {
            accept(response, work.answer(requestId, Answer.ok(text(body))));
            return;
        }
        String message = "Response payload size exceeded maximum allowed payload size (" + LambdaProtocol.SYNC_LIMIT
                + " bytes).";
        work.answer(requestId, RuntimeWork.failure("Function.ResponseSizeTooLarge", message));
        reply(response, 413, "RequestEntityTooLarge", message);
    }

    private static void accept(HttpServerResponse response, boolean known) {
        if (known) {
            response.setStatusCode(202).end("{\"status\":\"OK\"}");
        } else {
            reply(response, 400, "InvalidRequestID", "Invalid request ID");
        }
    }

    private static void reply(HttpServerResponse response, int status, String type, String message) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(JsonText.write(Map.of("errorType", type, "errorMessage", message)));
    }

    private static String text(Buffer body) {
        return body.toString(StandardCharsets.UTF_8);
    }
}
