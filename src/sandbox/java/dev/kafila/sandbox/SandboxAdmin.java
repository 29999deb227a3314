package dev.kafila.sandbox;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sandbox by HTTP, for scripts and for people with curl. Everything is in the query.
 *
 * <pre>
 * GET    /_sandbox                                          what every target received, in numbers
 * GET    /_sandbox/functions/{name}?last=10                 the latest invocations
 * POST   /_sandbox/functions/{name}/answers?answer=throttle&amp;retry-after=1&amp;times=3
 *        answer: ok, slow, throttle, status, function-error, hang, reset, truncated
 *        with: body, ms, retry-after (seconds), status, type, message
 *        when: times=n (the next n), every=n, containing=text (of the payload), always=true
 * DELETE /_sandbox/functions/{name}/answers                 answers normally again
 * POST   /_sandbox/events/answers, DELETE /_sandbox/events/answers, GET /_sandbox/events?last=10
 * POST   /_sandbox/events/entry-errors?code=ThrottlingException&amp;containing=text
 * POST   /_sandbox/buckets/answers, DELETE /_sandbox/buckets/answers, GET /_sandbox/buckets?last=10
 * The same of /_sandbox/queues and /_sandbox/topics
 * DELETE /_sandbox                                          forgets everything
 * </pre>
 */
final class SandboxAdmin {
    static final String PATH = "/_sandbox";

    private static final Pattern FUNCTION = Pattern.compile(PATH + "/functions/([^/]+)(/answers)?");
    private static final Pattern EVENTS = Pattern.compile(PATH + "/events(/answers|/entry-errors)?");
    private static final Pattern BUCKETS = Pattern.compile(PATH + "/buckets(/answers)?");
    private static final Pattern MESSAGES = Pattern.compile(PATH + "/(queues|topics)(/answers)?");

    private final SandboxAws aws;

    SandboxAdmin(SandboxAws aws) {
        this.aws = aws;
    }

    AwsReply handle(AwsRequest request) {
        try {
            return reply(200, answer(request));
        } catch (IllegalArgumentException e) {
            return reply(400, Map.of("message", e.getMessage()));
        }
    }

    private Object answer(AwsRequest request) {
        Matcher function = FUNCTION.matcher(request.path());
        if (function.matches()) {
            return ofFunction(request, aws.function(function.group(1)), function.group(2) != null);
        }
        Matcher events = EVENTS.matcher(request.path());
        if (events.matches()) {
            return ofEvents(request, Optional.ofNullable(events.group(1)).orElse(""));
        }
        Matcher buckets = BUCKETS.matcher(request.path());
        if (buckets.matches()) {
            return ofBuckets(request, buckets.group(1) != null);
        }
        Matcher messages = MESSAGES.matcher(request.path());
        if (messages.matches()) {
            SandboxMessages to = messages.group(1).equals("queues") ? aws.queues() : aws.topics();
            return ofMessages(request, to, messages.group(2) != null);
        }
        if (request.method().equals("DELETE")) {
            aws.reset();
        }
        return overview();
    }

    private Object ofFunction(AwsRequest request, SandboxFunction function, boolean answers) {
        if (answers) {
            steer(request, function, invocation -> invocation.text());
            return numbers(function);
        }
        return latest(request, function.received()).stream()
                .map(SandboxAdmin::shown)
                .toList();
    }

    private Object ofEvents(AwsRequest request, String what) {
        SandboxEvents events = aws.events();
        if (what.equals("/answers")) {
            steer(request, events, put -> put.entries().toString());
            return numbers(events);
        }
        if (what.equals("/entry-errors")) {
            String containing = request.query().getOrDefault("containing", "");
            events.failsEntriesWhen(
                    entry -> String.valueOf(entry.detail()).contains(containing), required(request, "code"));
            return numbers(events);
        }
        return latest(request, events.entries());
    }

    private Object ofBuckets(AwsRequest request, boolean answers) {
        SandboxBuckets buckets = aws.buckets();
        if (answers) {
            steer(request, buckets, put -> put.object().text());
            return numbers(buckets);
        }
        return latest(request, buckets.received()).stream()
                .map(SandboxAdmin::shown)
                .toList();
    }

    private Object ofMessages(AwsRequest request, SandboxMessages to, boolean answers) {
        if (answers) {
            steer(request, to, SentMessage::body);
            return numbers(to);
        }
        return latest(request, to.received()).stream().map(SandboxAdmin::shown).toList();
    }

    private static <R> void steer(
            AwsRequest request, SandboxTarget<R> target, java.util.function.Function<R, String> text) {
        Map<String, String> query = request.query();
        if (request.method().equals("DELETE")) {
            target.answersNormally();
            return;
        }
        Answer answer = answer(query);
        if (query.containsKey("every")) {
            target.everyNth(number(query, "every", 1), answer);
        } else if (query.containsKey("containing")) {
            String wanted = query.get("containing");
            target.answersWhen(received -> text.apply(received).contains(wanted), answer);
        } else if ("true".equals(query.get("always"))) {
            target.byDefault(answer);
        } else {
            target.answers(
                    Collections.nCopies(number(query, "times", 1), answer).toArray(Answer[]::new));
        }
    }

    private static Answer answer(Map<String, String> query) {
        Duration delay = Duration.ofMillis(number(query, "ms", 0));
        Answer answer =
                switch (query.getOrDefault("answer", "")) {
                    case "ok", "slow" -> query.containsKey("body") ? Answer.ok(query.get("body")) : Answer.ok();
                    case "throttle" ->
                        query.containsKey("retry-after")
                                ? Answer.throttle(Duration.ofSeconds(number(query, "retry-after", 1)))
                                : Answer.throttle();
                    case "status" ->
                        Answer.status(
                                number(query, "status", 500),
                                query.getOrDefault("type", "ServiceException"),
                                query.getOrDefault("message", "Injected by the sandbox"));
                    case "function-error" -> Answer.functionError(query.getOrDefault("type", "Unhandled"));
                    case "hang" -> Answer.hang();
                    case "reset" -> Answer.reset();
                    case "truncated" -> Answer.truncated();
                    default ->
                        throw new IllegalArgumentException(
                                "answer= one of ok, slow, throttle, status, function-error, hang, reset, truncated");
                };
        return answer.after(delay);
    }

    private Map<String, Object> overview() {
        Map<String, Object> functions = new LinkedHashMap<>();
        aws.functions().forEach((name, function) -> functions.put(name, numbers(function)));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("functions", functions);
        all.put("events", numbers(aws.events()));
        all.put("roles", numbers(aws.roles()));
        all.put("buckets", numbers(aws.buckets()));
        all.put("queues", numbers(aws.queues()));
        all.put("topics", numbers(aws.topics()));
        return all;
    }

    private static Map<String, Object> numbers(SandboxTarget<?> target) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("received", target.count());
        numbers.put("delivered", target.deliveredCount());
        numbers.put("inFlight", target.inFlight());
        numbers.put("maxInFlight", target.maxInFlight());
        return numbers;
    }

    private static Map<String, Object> shown(Invocation invocation) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("requestId", invocation.requestId());
        shown.put("arrived", invocation.arrived().toString());
        shown.put("type", invocation.type());
        shown.put("qualifier", invocation.qualifier());
        shown.put("payload", invocation.text());
        return shown;
    }

    private static Map<String, Object> shown(ObjectPut put) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("arrived", put.arrived().toString());
        shown.put("bucket", put.bucket());
        shown.put("key", put.key());
        shown.put("content", put.object().text());
        return shown;
    }

    private static Map<String, Object> shown(SentMessage message) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("arrived", message.arrived().toString());
        shown.put("to", message.to());
        shown.put("body", message.body());
        return shown;
    }

    private static <R> List<R> latest(AwsRequest request, List<R> all) {
        return all.subList(Math.max(0, all.size() - number(request.query(), "last", 10)), all.size());
    }

    private static int number(Map<String, String> query, String name, int otherwise) {
        try {
            return Integer.parseUnsignedInt(query.getOrDefault(name, String.valueOf(otherwise)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + "= a whole number", e);
        }
    }

    private static String required(AwsRequest request, String name) {
        return Optional.ofNullable(request.query().get(name))
                .orElseThrow(() -> new IllegalArgumentException(name + "= is missing"));
    }

    private static AwsReply reply(int status, Object body) {
        return new AwsReply(
                Answer.ok(), status, Map.of("Content-Type", "application/json"), JsonText.write(body) + "\n", () -> {});
    }
}
