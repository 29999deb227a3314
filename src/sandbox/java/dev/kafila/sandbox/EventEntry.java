package dev.kafila.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One entry of a PutEvents request; what it does not name is null.
 *
 * @param bus  name or ARN as it was sent, {@code default} if it was not
 * @param time in seconds since 1970
 */
public record EventEntry(
        String bus,
        String source,
        String detailType,
        String detail,
        List<String> resources,
        Double time,
        String traceHeader) {
    private static final int TIME_BYTES = 14;

    public EventEntry {
        resources = List.copyOf(resources);
    }

    static EventEntry of(JsonNode json) {
        List<String> resources = new ArrayList<>();
        json.path("Resources").forEach(resource -> resources.add(resource.asText()));
        String bus = text(json, "EventBusName");
        return new EventEntry(
                bus == null ? "default" : bus,
                text(json, "Source"),
                text(json, "DetailType"),
                text(json, "Detail"),
                resources,
                json.path("Time").isNumber() ? json.get("Time").asDouble() : null,
                text(json, "TraceHeader"));
    }

    /** The name without what an ARN has before it. */
    String busName() {
        return EventBuses.name(bus);
    }

    /**
     * Size as EventBridge counts it, in bytes.
     *
     * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html">entry size</a>
     */
    public int size() {
        int texts = Stream.concat(Stream.of(source, detailType, detail, traceHeader), resources.stream())
                .filter(Objects::nonNull)
                .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        return texts + (time == null ? 0 : TIME_BYTES);
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).isTextual() ? json.get(field).asText() : null;
    }
}
