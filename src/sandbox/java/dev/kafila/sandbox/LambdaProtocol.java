package dev.kafila.sandbox;

import io.vertx.core.Future;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lambda's Invoke and GetFunction: what is checked before a function runs, and how each answer looks on the wire.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html">GetFunction</a>
 */
final class LambdaProtocol {
    private static final Pattern PATH = Pattern.compile("/2015-03-31/functions/([^/]+)(/invocations)?");

    /** The payload of a RequestResponse invocation, in bytes, each way. */
    static final int SYNC_LIMIT = 6_291_556;

    /** The payload of an Event invocation, in bytes; it was 256 KB until late 2025. */
    static final int EVENT_LIMIT = 1_048_576;

    private static final int CLIENT_CONTEXT_LIMIT = 3_583;
    private static final Set<String> TYPES = Set.of("RequestResponse", "Event", "DryRun");
    private static final Pattern FUNCTION = Pattern.compile(
            "(?:arn:[^:]+:lambda:[^:]+:\\d{12}:function:|\\d{12}:function:|function:)?([^:]+)(?::([^:]+))?");

    private final Function<String, SandboxFunction> functions;

    /** @param functions gives the function of that name, null if there is none */
    LambdaProtocol(Function<String, SandboxFunction> functions) {
        this.functions = functions;
    }

    static boolean speaks(AwsRequest request) {
        Matcher path = PATH.matcher(request.path());
        return path.matches() && request.method().equals(path.group(2) == null ? "GET" : "POST");
    }

    Future<AwsReply> handle(AwsRequest request) {
        return request.method().equals("GET") ? Future.succeededFuture(describe(request)) : invoke(request);
    }

    private AwsReply describe(AwsRequest request) {
        Invocation asked = read(request);
        Optional<Answer> unsigned = Signature.refusal(request, "lambda");
        if (unsigned.isPresent()) {
            return uncounted(asked, unsigned.get());
        }
        SandboxFunction function = functions.apply(asked.function());
        Answer answer = function == null ? notFound(asked) : function.getFunction();
        if (answer.kind() == Answer.Kind.ERROR) {
            return uncounted(asked, answer);
        }
        String text =
                JsonText.write(Map.of("Configuration", function.configuration().members(function.name(), arn(asked))));
        return new AwsReply(answer, 200, headers(asked), text, () -> {});
    }

    private Future<AwsReply> invoke(AwsRequest request) {
        Invocation invocation = read(request);
        Optional<Answer> unsigned = Signature.refusal(request, "lambda");
        if (unsigned.isPresent()) {
            return Future.succeededFuture(uncounted(invocation, unsigned.get()));
        }
        SandboxFunction function = functions.apply(invocation.function());
        if (function == null) {
            return Future.succeededFuture(uncounted(invocation, notFound(invocation)));
        }
        Optional<Answer> refusal = check(invocation);
        if (invocation.type().equals("DryRun")) {
            return Future.succeededFuture(uncounted(invocation, refusal.orElseGet(() -> function.dryRun(invocation))));
        }
        Future<Answer> answer = refusal.map(refused -> Future.succeededFuture(function.refuse(invocation, refused)))
                .orElseGet(() -> answer(function, invocation));
        return answer.map(given -> reply(invocation, given, function::answered));
    }

    private static Future<Answer> answer(SandboxFunction function, Invocation invocation) {
        Optional<RuntimeWork> processes = function.processes();
        if (processes.isEmpty()) {
            return Future.succeededFuture(function.receive(invocation));
        }
        return function.intercept(invocation)
                .map(Future::succeededFuture)
                .orElseGet(() -> served(processes.get(), function, invocation));
    }

    private static Future<Answer> served(RuntimeWork processes, SandboxFunction function, Invocation invocation) {
        Future<Answer> answer = processes.submit(invocation);
        // Lambda queues an event and answers at once.
        return (invocation.type().equals("Event") ? Future.succeededFuture(Answer.ok()) : answer).onSuccess(given -> {
            if (given.delivers()) {
                function.delivered(invocation);
            }
        });
    }

    private static Invocation read(AwsRequest request) {
        Matcher path = PATH.matcher(request.path());
        Matcher name = FUNCTION.matcher(path.matches() ? URLDecoder.decode(path.group(1), StandardCharsets.UTF_8) : "");
        boolean named = name.matches();
        return new Invocation(
                named ? name.group(1) : "",
                request.query().getOrDefault("Qualifier", named ? name.group(2) : null),
                request.header("x-amz-invocation-type").orElse("RequestResponse"),
                request.body(),
                request.headers().entrySet().stream()
                        .filter(header -> header.getKey().startsWith("x-amz-")
                                || header.getKey().equals("user-agent"))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                Signature.of(request).orElse(null),
                Instant.now(),
                UUID.randomUUID().toString());
    }

    private static Answer notFound(Invocation invocation) {
        return Answer.status(404, "ResourceNotFoundException", "Function not found: " + arn(invocation));
    }

    private static String arn(Invocation invocation) {
        return "arn:aws:lambda:" + invocation.signature().region() + ":000000000000:function:" + invocation.function();
    }

    private static Optional<Answer> check(Invocation invocation) {
        byte[] payload = invocation.payload().asByteArrayUnsafe();
        int limit = invocation.type().equals("Event") ? EVENT_LIMIT : SYNC_LIMIT;
        if (payload.length > limit) {
            String message = "Request must be smaller than " + limit + " bytes for the InvokeFunction operation";
            return Optional.of(Answer.status(413, "RequestTooLargeException", message));
        }
        if (payload.length > 0 && !JsonText.isValue(payload)) {
            String message = "Could not parse request body into json: the payload is not one JSON value";
            return Optional.of(Answer.status(400, "InvalidRequestContentException", message));
        }
        String context = invocation.headers().getOrDefault("x-amz-client-context", "");
        if (!TYPES.contains(invocation.type()) || context.length() > CLIENT_CONTEXT_LIMIT) {
            String message = "The invocation type or the client context is not valid";
            return Optional.of(Answer.status(400, "InvalidParameterValueException", message));
        }
        return Optional.empty();
    }

    private static AwsReply uncounted(Invocation invocation, Answer answer) {
        return reply(invocation, answer, () -> {});
    }

    private static AwsReply reply(Invocation invocation, Answer answer, Runnable finished) {
        Map<String, String> headers = headers(invocation);
        if (answer.kind() == Answer.Kind.ERROR) {
            return error(answer, headers, finished);
        }
        if (!invocation.type().equals("RequestResponse")) {
            return new AwsReply(answer, invocation.type().equals("Event") ? 202 : 204, headers, null, finished);
        }
        headers.put("X-Amz-Executed-Version", invocation.qualifier() == null ? "$LATEST" : invocation.qualifier());
        headers.put("X-Amzn-Trace-Id", "Root=1-00000000-000000000000000000000000;Sampled=0");
        if (answer.kind() == Answer.Kind.FUNCTION_ERROR) {
            headers.put("X-Amz-Function-Error", answer.errorType());
        }
        if ("Tail".equals(invocation.headers().get("x-amz-log-type"))) {
            headers.put("X-Amz-Log-Result", log(invocation));
        }
        return new AwsReply(answer, 200, headers, answer.body() == null ? "null" : answer.body(), finished);
    }

    private static Map<String, String> headers(Invocation invocation) {
        return new TreeMap<>(Map.of("x-amzn-RequestId", invocation.requestId(), "Content-Type", "application/json"));
    }

    private static AwsReply error(Answer answer, Map<String, String> headers, Runnable finished) {
        if (answer.errorType() == null) {
            return new AwsReply(answer, answer.status(), headers, null, finished);
        }
        headers.put("x-amzn-ErrorType", answer.errorType());
        Map<String, String> body = new TreeMap<>(Map.of("Type", answer.status() < 500 ? "User" : "Service"));
        body.put("message", answer.body());
        if (answer.status() == 429) {
            body.put("Reason", "ReservedFunctionConcurrentInvocationLimitExceeded");
        }
        if (answer.retryAfter() != null) {
            headers.put("Retry-After", String.valueOf(answer.retryAfter().toSeconds()));
        }
        return new AwsReply(answer, answer.status(), headers, JsonText.write(body), finished);
    }

    private static String log(Invocation invocation) {
        String lines =
                "START RequestId: %1$s Version: $LATEST\nEND RequestId: %1$s\n".formatted(invocation.requestId());
        return Base64.getEncoder().encodeToString(lines.getBytes(StandardCharsets.UTF_8));
    }
}
