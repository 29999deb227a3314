package dev.kafila.batch;

/**
 * A batch failed in a way that stops its partition whatever {@code onFailure} says: a missing permission, a function that does not exist, a
 * dead-letter topic that cannot be written. The offset is kept.
 */
public class PartitionStopException extends RuntimeException {
    private final boolean probe;

    /**
     * @param message why, and what to do next; shown in health
     * @param cause   may be null
     * @param probe   whether the consumer tries the batch again by itself (at most every 60 s) until it succeeds
     */
    public PartitionStopException(String message, Throwable cause, boolean probe) {
        super(message, cause);
        this.probe = probe;
    }

    public boolean isProbe() {
        return probe;
    }
}
