package dev.kafila.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * EventBridge's JSON 1.1: PutEvents and DescribeEventBus.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html">PutEvents</a>
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventBus.html">DescribeEventBus</a>
 */
final class EventsProtocol {
    static final String TARGET_PREFIX = "AWSEvents.";

    private static final Answer UNREADABLE = Answer.status(400, "SerializationException", "The body is not JSON");

    private final SandboxEvents events;

    EventsProtocol(SandboxEvents events) {
        this.events = events;
    }

    AwsReply handle(AwsRequest request) {
        Optional<Answer> unsigned = Signature.refusal(request, "events");
        if (unsigned.isPresent()) {
            return error(unsigned.get(), () -> {});
        }
        JsonNode body;
        try {
            body = JsonText.MAPPER.readTree(request.body().asByteArrayUnsafe());
        } catch (IOException malformed) {
            return error(UNREADABLE, () -> {});
        }
        return switch (request.header("x-amz-target").orElse("")) {
            case TARGET_PREFIX + "PutEvents" -> putEvents(request, body);
            case TARGET_PREFIX + "DescribeEventBus" -> describe(request, body);
            default -> error(Answer.status(400, "UnknownOperationException", "The sandbox does not know it"), () -> {});
        };
    }

    private AwsReply putEvents(AwsRequest request, JsonNode body) {
        if (!EventModel.isReadable(body)) {
            return error(UNREADABLE, () -> {});
        }
        PutEvents put = read(request, body);
        long arrived = System.nanoTime();
        Answer answer = events.admit(put);
        // A connection that breaks says nothing about the events: here they were not taken, and the next try is the
        // first.
        List<EntryResult> results = answer.delivers() ? events.put(put) : List.of();
        Runnable finished = () -> events.answered(new PutExchange(put, results, arrived, System.nanoTime()));
        return answer.kind() == Answer.Kind.ERROR
                ? error(answer, finished)
                : new AwsReply(answer, 200, headers(), text(answer, results), finished);
    }

    private static PutEvents read(AwsRequest request, JsonNode body) {
        List<EventEntry> entries = new ArrayList<>();
        body.path("Entries").forEach(entry -> entries.add(EventEntry.of(entry)));
        return new PutEvents(
                entries,
                body.path("EndpointId").textValue(),
                Signature.of(request).orElse(null),
                Instant.now());
    }

    private static String text(Answer answer, List<EntryResult> results) {
        if (answer.body() != null) {
            return answer.body();
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "FailedEntryCount",
                results.stream().filter(result -> !result.isTaken()).count());
        body.put("Entries", results.stream().map(EntryResult::members).toList());
        return JsonText.write(body);
    }

    private AwsReply describe(AwsRequest request, JsonNode body) {
        String bus = body.path("Name").asText("default");
        Answer answer = events.describe(bus);
        if (answer.kind() == Answer.Kind.ERROR) {
            return error(answer, () -> {});
        }
        String region = Signature.of(request).map(Signature::region).orElse("");
        return new AwsReply(answer, 200, headers(), JsonText.write(events.description(bus, region)), () -> {});
    }

    private static AwsReply error(Answer answer, Runnable finished) {
        if (answer.errorType() == null) {
            return new AwsReply(answer, answer.status(), Map.of(), null, finished);
        }
        Map<String, String> headers = headers();
        headers.put("x-amzn-ErrorType", answer.errorType());
        if (answer.retryAfter() != null) {
            headers.put("Retry-After", String.valueOf(answer.retryAfter().toSeconds()));
        }
        String text = JsonText.write(new TreeMap<>(Map.of("__type", answer.errorType(), "message", answer.body())));
        return new AwsReply(answer, answer.status(), headers, text, finished);
    }

    private static Map<String, String> headers() {
        return new TreeMap<>(Map.of(
                "Content-Type",
                "application/x-amz-json-1.1",
                "x-amzn-RequestId",
                UUID.randomUUID().toString()));
    }
}
