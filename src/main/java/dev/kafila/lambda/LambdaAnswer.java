package dev.kafila.lambda;

import dev.kafila.aws.AwsFailure;
import dev.kafila.failure.Invocation;
import java.util.Objects;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What came back from one invocation.
 *
 * @param failure       of the call; null if Lambda invoked the function
 * @param functionError {@code Handled} or {@code Unhandled}, or what is wrong with its answer; empty if the function did not fail
 * @param payload       what the function returned; empty if it returned nothing, or failed
 * @param invocation    as AWS told of it; null if there was no answer
 */
record LambdaAnswer(AwsFailure failure, String functionError, String payload, Invocation invocation) {

    /** Lambda's answer, where the function may yet have failed. */
    static LambdaAnswer answered(int status, String functionError, String payload) {
        String error = Objects.requireNonNullElse(functionError, "");
        Invocation invocation = new Invocation("", status, "", error);
        if (!error.isEmpty()) {
            return new LambdaAnswer(null, error, "", invocation);
        }
        if (status < 200 || status >= 300) {
            var unexpected = new IllegalStateException("Lambda answered with status " + status);
            AwsFailure failure = new AwsFailure(AwsFailure.Fault.NONE, status, "", null, "", unexpected);
            return new LambdaAnswer(failure, "", "", invocation);
        }
        return new LambdaAnswer(null, "", Objects.requireNonNullElse(payload, ""), invocation);
    }

    /** A call that did not succeed. */
    static LambdaAnswer failed(AwsFailure failure) {
        boolean answered = failure.fault() == AwsFailure.Fault.NONE;
        String id = failure.thrown() instanceof AwsServiceException refused ? refused.requestId() : null;
        return new LambdaAnswer(
                failure,
                "",
                "",
                answered ? new Invocation(Objects.requireNonNullElse(id, ""), failure.status(), "", "") : null);
    }

    /** The same with what else AWS told of the invocation; either may be null. */
    LambdaAnswer of(String requestId, String executedVersion) {
        Invocation named = new Invocation(
                Objects.requireNonNullElse(requestId, ""),
                invocation.status(),
                Objects.requireNonNullElse(executedVersion, ""),
                invocation.functionError());
        return new LambdaAnswer(failure, functionError, payload, named);
    }

    /** The same answer taken for a failure of the function, since it says something wrong. */
    LambdaAnswer asFunctionError(String error) {
        return new LambdaAnswer(null, error, "", invocation);
    }

    /** Null for a success. */
    Throwable thrown() {
        if (failure != null) {
            return failure.thrown();
        }
        return functionError.isEmpty() ? null : new FunctionErrorException(functionError);
    }
}
