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

/** EventBridge's JSON 1.1: PutEvents and DescribeEventBus. */
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
            case TARGET_PREFIX + "DescribeEventBus" -> describe(body);
            default -> error(Answer.status(400, "UnknownOperationException", "The sandbox does not know it"), () -> {});
        };
    }

    private AwsReply putEvents(AwsRequest request, JsonNode body) {
        List<EventEntry> entries = new ArrayList<>();
        body.path("Entries").forEach(entry -> entries.add(EventEntry.of(entry)));
        JsonNode endpoint = body.path("EndpointId");
        PutEvents put = new PutEvents(
                entries,
                endpoint.isTextual() ? endpoint.asText() : null,
                Signature.of(request).orElse(null),
                Instant.now());
        Answer answer = EventRules.refusal(entries)
                .map(refusal -> events.refuse(put, refusal))
                .orElseGet(() -> events.receive(put));
        if (answer.kind() == Answer.Kind.ERROR) {
            return error(answer, events::answered);
        }
        return new AwsReply(answer, 200, headers(), answer(put, answer), events::answered);
    }

    private String answer(PutEvents put, Answer answer) {
        // A connection that breaks says nothing about the events: here they were not taken, and the next try is the
        // first.
        if (!answer.delivers()) {
            return "{\"FailedEntryCount\":0,\"Entries\":[]}";
        }
        List<Map<String, String>> results = new ArrayList<>();
        for (String code : events.put(put)) {
            results.add(
                    code == null
                            ? Map.of("EventId", UUID.randomUUID().toString())
                            : Map.of("ErrorCode", code, "ErrorMessage", "Refused by the sandbox: " + code));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "FailedEntryCount",
                results.stream()
                        .filter(result -> result.containsKey("ErrorCode"))
                        .count());
        body.put("Entries", results);
        return answer.body() == null ? JsonText.write(body) : answer.body();
    }

    private AwsReply describe(JsonNode body) {
        String name = body.path("Name").asText("default");
        String shortName = name.substring(name.lastIndexOf('/') + 1);
        if (!events.hasBus(shortName)) {
            String message = "Event bus " + shortName + " does not exist.";
            return error(Answer.status(400, "ResourceNotFoundException", message), () -> {});
        }
        String arn = "arn:aws:events:us-east-1:000000000000:event-bus/" + shortName;
        String text = JsonText.write(Map.of("Name", shortName, "Arn", arn));
        return new AwsReply(Answer.ok(), 200, headers(), text, () -> {});
    }

    private static AwsReply error(Answer answer, Runnable finished) {
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
