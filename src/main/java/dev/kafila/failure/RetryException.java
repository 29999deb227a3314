package dev.kafila.failure;

import java.time.Duration;

/**
 * A part of a batch waits for its next attempt. The route's redelivery calls the sink again in ticks until the attempt is due, so
 * that the wait holds no thread and ends soon after the batch's lease does.
 */
public final class RetryException extends RuntimeException {
    /** The longest tick: how late a waiting batch may learn that it is to be given up. */
    public static final Duration TICK = Duration.ofMillis(500);

    private final transient Duration left;

    /**
     * Without a stack trace, and without suppressed exceptions: Camel chains each redelivery's exception to the one before, for ever.
     *
     * @param left until the next attempt is due
     */
    public RetryException(Part part, Duration left) {
        super(
                part.coordinates() + " is tried again in " + left.toMillis() + " ms, after " + part.attempts()
                        + " attempts",
                null,
                false,
                false);
        this.left = left;
    }

    /** Until the sink should be called again, in ms; at least 1, since Camel takes 0 for no delay of its own. */
    public long tickMillis() {
        return Math.max(1, Math.min(left.toMillis(), TICK.toMillis()));
    }
}
