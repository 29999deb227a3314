package dev.kafila.filter;

import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordTransformException;

/**
 * Tells which records a pattern of EventBridge wants, with AWS's own engine. As an event source mapping does, it asks of a value only
 * what the pattern says about values of its kind, JSON or plain text; a value of the other kind passes. Thread-safe.
 */
public final class RecordFilter {
    private final FilterPattern pattern;

    private RecordFilter(FilterPattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Compiles a pattern.
     *
     * @param text an object of {@code value}, {@code key}, {@code headers}, {@code topic}, {@code partition}, {@code offset} and
     *             {@code timestamp}
     * @throws IllegalArgumentException if it is no pattern, with what the engine says about it
     */
    public static RecordFilter of(String text) {
        return new RecordFilter(FilterPattern.compile(text));
    }

    /** Whether the pattern names the key. */
    public boolean readsKey() {
        return pattern.names("key");
    }

    /** Whether the pattern names the value. */
    public boolean readsValue() {
        return pattern.names("value");
    }

    /** Whether the pattern names headers. */
    public boolean readsHeaders() {
        return pattern.names("headers");
    }

    /** Whether the pattern wants a record, which is decoded as far as the pattern names it. */
    public boolean matches(KafkaRecord record) {
        try {
            RecordEvent event = RecordEvent.of(record, pattern);
            return pattern.matches(event.valueKind(), event.root());
        } catch (RuntimeException e) {
            throw new RecordTransformException(record.source(), RecordFilter.class.getName(), e);
        }
    }
}
