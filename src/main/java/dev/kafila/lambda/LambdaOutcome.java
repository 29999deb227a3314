package dev.kafila.lambda;

import dev.kafila.failure.FailureKind;
import java.time.Duration;

/** What the answer to an invocation means for the records that were in it. */
sealed interface LambdaOutcome {

    /** The function has them, or, if invoked asynchronously, Lambda has. */
    record Delivered() implements LambdaOutcome {}

    /**
     * The same request may succeed later.
     *
     * @param after how long AWS asks to wait; null: it does not say
     */
    record Retry(FailureKind kind, String code, Duration after) implements LambdaOutcome {}

    /** The request was too large; with fewer records it may succeed. */
    record Split(String code) implements LambdaOutcome {}

    /** The same request will fail again. */
    record Permanent(FailureKind kind, String code) implements LambdaOutcome {}

    /**
     * No request can succeed before somebody puts something right.
     *
     * @param reason what AWS says about it
     */
    record Configuration(String code, String reason) implements LambdaOutcome {}
}
