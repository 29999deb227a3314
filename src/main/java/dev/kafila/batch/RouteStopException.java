package dev.kafila.batch;

/** A batch failed and its policy is {@code stop}: the whole route stops, offsets are kept. */
public final class RouteStopException extends RuntimeException {

    /**
     * @param message why, and what to do next; shown in health
     * @param cause   may be null
     */
    public RouteStopException(String message, Throwable cause) {
        super(message, cause);
    }
}
