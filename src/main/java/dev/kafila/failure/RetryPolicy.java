package dev.kafila.failure;

import java.time.Duration;

/**
 * How often and how soon a request is tried again.
 *
 * @param maxAttempts requests on the wire, the first included
 * @param delay       before the second request
 * @param backoff     by what each later delay is longer than the one before
 * @param maxDelay    the longest delay, unless the other side asks for more
 */
public record RetryPolicy(int maxAttempts, Duration delay, double backoff, Duration maxDelay) {

    public RetryPolicy {
        require(maxAttempts >= 1, "max-attempts must be at least 1, which is no retry at all; it is " + maxAttempts);
        require(!delay.isNegative(), "retry-delay must not be negative; it is " + delay);
        require(
                backoff >= 1 && Double.isFinite(backoff),
                "retry-backoff must be at least 1, which is no growth; it is " + backoff);
        require(
                maxDelay.compareTo(delay) >= 0,
                "retry-delay-max must not be shorter than retry-delay; it is " + maxDelay);
    }

    /**
     * The delay after a number of failed requests: half of it fixed and half at random, so that batches that failed together do not come
     * back together.
     *
     * @param attempts failed requests so far, at least 1
     * @param random   from 0 (inclusive) to 1 (exclusive)
     */
    public Duration delayAfter(int attempts, double random) {
        double grown = (double) delay.toNanos() * Math.pow(backoff, attempts - 1);
        double capped = Math.min(grown, (double) maxDelay.toNanos());
        return Duration.ofNanos((long) (capped * (0.5 + random / 2)));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
