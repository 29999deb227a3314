package dev.kafila.failure;

/** What to do about records that failed, decided apart from doing it. */
public enum Decision {
    REDELIVER,
    STOP_PARTITION,
    STOP,
    DROP,
    DEAD_LETTER;

    /**
     * Decides for every failure that is not one of configuration: that one is nobody's attempt and stops the partition under any policy.
     *
     * @param retryable whether the same request may succeed later
     * @param attempts  requests on the wire so far
     */
    public static Decision of(boolean retryable, int attempts, RetryPolicy retry, FailurePolicy policy) {
        if (retryable && attempts < retry.maxAttempts()) {
            return REDELIVER;
        }
        return switch (policy) {
            case RETRY -> REDELIVER;
            case STOP_PARTITION -> STOP_PARTITION;
            case STOP -> STOP;
            case DROP -> DROP;
            case DEAD_LETTER -> DEAD_LETTER;
        };
    }
}
