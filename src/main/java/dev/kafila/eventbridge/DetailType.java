package dev.kafila.eventbridge;

import com.fasterxml.jackson.core.JsonToken;
import dev.kafila.record.KafkaRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The detail-type of events: one for all, one per topic, or what a record says. */
final class DetailType {
    /** In characters: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html */
    static final int MAX_LENGTH = 128;

    private static final String PARAMETER = "detailType";
    private static final String TOPIC = "${topic}";
    private static final String DEFAULT = "kafka-connect-" + TOPIC;

    /** Null: no record says it. */
    private final DetailPath path;

    private final Map<String, String> byTopic;
    private final String otherwise;

    private DetailType(DetailPath path, Map<String, String> byTopic, String otherwise) {
        this.path = path;
        this.byTopic = byTopic;
        this.otherwise = otherwise;
    }

    /**
     * Reads the parameter.
     *
     * @param text   a JSONPath; {@code topic:type} separated by commas; or a type, which may hold <code>${topic}</code>; empty: the default
     * @param topics those that are known
     * @throws IllegalArgumentException if it is none of these, or makes a type that is too long, with the name of the parameter
     */
    static DetailType of(String text, List<String> topics) {
        DetailType type = parse(text);
        type.byTopic.values().forEach(DetailType::requireShort);
        topics.forEach(topic -> requireShort(type.ofTopic(topic)));
        requireShort(type.ofTopic(""));
        return type;
    }

    private static DetailType parse(String text) {
        if (text.startsWith("$") && !text.startsWith(TOPIC)) {
            // Where a record says nothing, AWS's own connector takes the bare topic.
            return new DetailType(DetailPath.of(PARAMETER, text), Map.of(), TOPIC);
        }
        if (text.contains(",") || text.contains(":")) {
            return new DetailType(null, perTopic(text), DEFAULT);
        }
        return new DetailType(null, Map.of(), text.isEmpty() ? DEFAULT : text);
    }

    private static Map<String, String> perTopic(String text) {
        Map<String, String> types = new LinkedHashMap<>();
        for (String item : text.split(",", -1)) {
            int colon = item.indexOf(':');
            String topic = colon < 0 ? "" : item.substring(0, colon).trim();
            String type = item.substring(colon + 1).trim();
            if (topic.isEmpty() || type.isEmpty() || types.put(topic, type) != null) {
                throw new IllegalArgumentException(
                        PARAMETER + ": '" + text
                                + "' is neither one type, which may hold ${topic}, nor topic:type separated by commas with each topic once");
            }
        }
        return Map.copyOf(types);
    }

    private static void requireShort(String type) {
        if (isTooLong(type)) {
            throw new IllegalArgumentException(PARAMETER + ": '" + type + "' has more than the " + MAX_LENGTH
                    + " characters that EventBridge takes");
        }
    }

    private static boolean isTooLong(String type) {
        return type.length() > MAX_LENGTH && type.codePointCount(0, type.length()) > MAX_LENGTH;
    }

    /** The type of one event; throws {@link UnfitException} if EventBridge would not take it. */
    String of(KafkaRecord record, String detail) {
        String said = path == null
                ? null
                : path.read(detail, json -> json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : null);
        String type = said == null || said.isBlank() ? ofTopic(record.topic()) : said;
        if (isTooLong(type)) {
            throw new UnfitException(
                    "its detail-type has more than the " + MAX_LENGTH + " characters that EventBridge takes");
        }
        return type;
    }

    private String ofTopic(String topic) {
        return byTopic.getOrDefault(topic, otherwise).replace(TOPIC, topic);
    }
}
