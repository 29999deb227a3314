package dev.kafila.eventbridge;

import java.time.Duration;

/** Spaces requests evenly. What was late may be caught up with, but for no more than a moment, so that there is no burst. Not thread-safe. */
final class Pace {
    /** How much lateness of the clocks and threads of this machine may be caught up with. */
    private static final long SLACK_NANOS = Duration.ofMillis(10).toNanos();

    private final long interval;
    private long next;

    /**
     * @param perSecond most requests a second; 0: as many as there are
     * @param nanoTime  now, in {@link System#nanoTime} terms
     */
    Pace(int perSecond, long nanoTime) {
        interval = perSecond == 0 ? 0 : Duration.ofSeconds(1).toNanos() / perSecond;
        next = nanoTime;
    }

    /** How long the next request has to wait, in ns; zero or less: not at all. */
    long waitNanos(long nanoTime) {
        return interval == 0 ? 0 : next - nanoTime;
    }

    /** A request begins. */
    void begin(long nanoTime) {
        long earliest = nanoTime - SLACK_NANOS;
        next = (next - earliest < 0 ? earliest : next) + interval;
    }
}
