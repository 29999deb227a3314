package dev.kafila.lambda;

import java.time.Duration;

/**
 * What came back from one invocation.
 *
 * @param fault         why there is no answer of Lambda; {@link Fault#NONE} if there is one
 * @param status        HTTP status; 0 without an answer
 * @param errorCode     as AWS names it; empty for a success and where AWS names none
 * @param functionError {@code Handled} or {@code Unhandled}; empty if the function did not fail
 * @param retryAfter    how long AWS asks to wait; null: it does not say
 * @param detail        what AWS or the client says about it; may quote the payload, so it is for configuration only
 * @param thrown        null for a success
 * @param payload       what the function returned; empty if it returned nothing, or failed
 */
record LambdaAnswer(
        Fault fault,
        int status,
        String errorCode,
        String functionError,
        Duration retryAfter,
        String detail,
        Throwable thrown,
        String payload) {

    /** Why there is no answer of Lambda. */
    enum Fault {
        NONE,
        /** Refused, reset, closed in the middle of an answer, or no such host. */
        CONNECTION,
        TIMEOUT,
        /** There is nothing to sign the request with. */
        CREDENTIALS,
        /** Anything else on this side of the wire. */
        CLIENT
    }

    /** Lambda's answer, where the function may yet have failed. */
    static LambdaAnswer answered(int status, String functionError, String payload) {
        boolean failed = functionError != null && !functionError.isEmpty();
        return failed
                ? functionError(status, functionError)
                : new LambdaAnswer(Fault.NONE, status, "", "", null, "", null, payload == null ? "" : payload);
    }

    private static LambdaAnswer functionError(int status, String error) {
        return new LambdaAnswer(Fault.NONE, status, "", error, null, "", new FunctionErrorException(error), "");
    }

    /** The same answer as that of a function that failed. */
    LambdaAnswer failed(String error) {
        return functionError(status, error);
    }

    /** Lambda's refusal. */
    static LambdaAnswer refused(int status, String errorCode, Duration retryAfter, String detail, Throwable thrown) {
        return new LambdaAnswer(
                Fault.NONE, status, errorCode == null ? "" : errorCode, "", retryAfter, detail, thrown, "");
    }

    /** No answer. */
    static LambdaAnswer missing(Fault fault, String detail, Throwable thrown) {
        return new LambdaAnswer(fault, 0, "", "", null, detail, thrown, "");
    }
}
