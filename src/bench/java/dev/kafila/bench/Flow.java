package dev.kafila.bench;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What drains a topic: one of the two delivery flows, with the form of its payload. */
enum Flow {
    ESM("Lambda, esm", "kafila.lambda."),
    JSON("Lambda, json", "kafila.lambda."),
    BUS("EventBridge", "kafila.eventbridge.");

    /** The most batches (Lambda) and requests (EventBridge) that are out at once, as they are unless somebody says otherwise. */
    private static final int BATCHES = 16;

    private static final int REQUESTS = 64;

    private final String title;
    private final String prefix;

    Flow(String title, String prefix) {
        this.title = title;
        this.prefix = prefix;
    }

    String title() {
        return title;
    }

    boolean lambda() {
        return this != BUS;
    }

    int maxInFlight() {
        return lambda() ? BATCHES : REQUESTS;
    }

    /** Its settings in {@code application.properties}, with some of the caller's own, whose names lack the prefix. */
    Map<String, String> settings(Map<String, String> own) {
        Map<String, String> all = new TreeMap<>();
        target().forEach((name, value) -> all.put(prefix + name, value));
        own.forEach((name, value) -> all.put(prefix + name, value));
        return all;
    }

    private Map<String, String> target() {
        return lambda()
                ? Map.of("function", "bench", "format", name().toLowerCase(Locale.ROOT))
                : Map.of("bus", "bench");
    }
}
