package dev.kafila.sandbox;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets so many through in a second, and as many at once after a pause. Its owner's lock guards it. */
final class TokenBucket {
    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private final int perSecond;
    private final LongSupplier clock;
    private double tokens;
    private long filled;

    /** @param clock in nanoseconds */
    TokenBucket(int perSecond, LongSupplier clock) {
        this.perSecond = perSecond;
        this.clock = clock;
        tokens = perSecond;
        filled = clock.getAsLong();
    }

    boolean take() {
        long now = clock.getAsLong();
        tokens = Math.min(perSecond, tokens + (now - filled) / NANOS * perSecond);
        filled = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
