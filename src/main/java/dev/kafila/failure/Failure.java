package dev.kafila.failure;

/**
 * Why records failed, as their dead letters tell it. Nothing in it holds a record's value.
 *
 * @param kind           as the contract of the target names it
 * @param code           HTTP status or AWS error code, or what comes nearest
 * @param stage          where it failed
 * @param className      the class that failed
 * @param exceptionClass class of the exception; of a failed answer, the exception that AWS names
 * @param message        ours, since messages of others may quote a value
 * @param stackTrace     without the exceptions' messages, at most {@link StackTraces#MAX_LENGTH} characters; empty if there was no exception
 */
public record Failure(
        FailureKind kind,
        String code,
        Stage stage,
        String className,
        String exceptionClass,
        String message,
        String stackTrace) {

    /** The failure that an exception tells of; of its cause only classes and lines are kept. */
    public static Failure of(
            FailureKind kind, String code, Stage stage, String className, String message, Throwable thrown) {
        return new Failure(
                kind,
                code,
                stage,
                className,
                thrown.getClass().getName(),
                message,
                StackTraces.withoutMessages(thrown));
    }

    /** Kind and code, for logs. */
    public String summary() {
        return kind.label() + " (" + code + ")";
    }
}
