package dev.kafila.filter;

import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordTransformException;
import java.util.List;

/**
 * Tells which records one of several patterns of EventBridge wants, with AWS's own engine. As an event source mapping does, it asks of a
 * value only what a pattern says about values of its kind, JSON or plain text; a value of the other kind passes. Thread-safe.
 */
public final class RecordFilter {
    private final List<FilterPattern> patterns;

    private RecordFilter(List<FilterPattern> patterns) {
        this.patterns = patterns;
    }

    /**
     * Compiles a pattern, or several of which a record has to match one.
     *
     * @param text an object of {@code value}, {@code key}, {@code headers}, {@code topic}, {@code partition}, {@code offset} and
     *             {@code timestamp}; or an array of texts that each hold one
     * @throws IllegalArgumentException if it is no pattern, with what the engine says about it
     */
    public static RecordFilter of(String text) {
        List<String> patterns = text.startsWith("[") ? FilterPatterns.read(text) : List.of(text);
        return new RecordFilter(patterns.stream().map(FilterPattern::compile).toList());
    }

    /** Whether a pattern names the key. */
    public boolean readsKey() {
        return names("key");
    }

    /** Whether a pattern names the value. */
    public boolean readsValue() {
        return names("value");
    }

    /** Whether a pattern names headers. */
    public boolean readsHeaders() {
        return names("headers");
    }

    private boolean names(String name) {
        return patterns.stream().anyMatch(pattern -> pattern.names(name));
    }

    /** Whether a pattern wants a record, which is decoded as far as the patterns name it. */
    public boolean matches(KafkaRecord record) {
        try {
            return patterns.stream().anyMatch(pattern -> matches(pattern, record));
        } catch (RuntimeException e) {
            throw new RecordTransformException(record.source(), RecordFilter.class.getName(), e);
        }
    }

    private static boolean matches(FilterPattern pattern, KafkaRecord record) {
        // A text such as 5 is another event for a pattern that compares it with a number than for one that does not.
        RecordEvent event = RecordEvent.of(record, pattern);
        return pattern.matches(event.valueKind(), event.root());
    }
}
