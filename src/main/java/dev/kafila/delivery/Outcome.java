package dev.kafila.delivery;

import dev.kafila.aws.AwsFailure;
import dev.kafila.failure.FailureKind;
import java.time.Duration;
import java.util.Set;

/** What the answer to a request means for the records that were in it. */
public sealed interface Outcome {

    /** The target has them. */
    record Delivered() implements Outcome {}

    /**
     * The same request may succeed later.
     *
     * @param after how long AWS asks to wait; null: it does not say
     */
    record Retry(FailureKind kind, String code, Duration after) implements Outcome {}

    /** The request was too large; with fewer records it may succeed. */
    record Split(String code) implements Outcome {}

    /** The same request will fail again. */
    record Permanent(FailureKind kind, String code) implements Outcome {}

    /**
     * No request can succeed before somebody puts something right.
     *
     * @param reason what AWS says about it
     */
    record Configuration(String code, String reason) implements Outcome {}

    /**
     * What a failed call means.
     *
     * @param retryStatus the HTTP statuses that count as transient besides those that always do
     */
    static Outcome of(AwsFailure failure, Set<Integer> retryStatus) {
        return switch (failure.meaning(retryStatus)) {
            case THROTTLE -> new Retry(FailureKind.THROTTLE, failure.code(), failure.retryAfter());
            case TRANSIENT -> new Retry(FailureKind.TRANSIENT, failure.code(), failure.retryAfter());
            case TOO_LARGE -> new Split(failure.code());
            case CONFIGURATION -> new Configuration(failure.code(), failure.detail());
            case PERMANENT -> new Permanent(FailureKind.PERMANENT, failure.code());
        };
    }
}
