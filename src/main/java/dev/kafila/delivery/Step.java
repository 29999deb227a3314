package dev.kafila.delivery;

import dev.kafila.failure.Part;
import dev.kafila.failure.Pending;
import dev.kafila.failure.RetryException;
import java.time.Duration;

/**
 * What one step of a delivery led to.
 *
 * @param pending what is still to be done
 * @param end     of the delivery for now; null: it goes on with the next step
 */
public record Step(Pending pending, RuntimeException end) {

    /** The delivery goes on. */
    public static Step goOn(Pending pending) {
        return new Step(pending, null);
    }

    /** The failed part waits, and what is behind it with it. */
    public static Step waiting(Pending others, Part failed, Duration delay) {
        Part waiting = failed.after(delay, System.nanoTime());
        return new Step(others.withFirst(waiting), new RetryException(waiting, delay));
    }
}
