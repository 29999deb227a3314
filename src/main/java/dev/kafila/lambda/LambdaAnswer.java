package dev.kafila.lambda;

import dev.kafila.aws.AwsFailure;

/**
 * What came back from one invocation.
 *
 * @param failure       of the call; null if Lambda invoked the function
 * @param functionError {@code Handled} or {@code Unhandled}; empty if the function did not fail
 * @param payload       what the function returned; empty if it returned nothing, or failed
 */
record LambdaAnswer(AwsFailure failure, String functionError, String payload) {

    /** Lambda's answer, where the function may yet have failed. */
    static LambdaAnswer answered(int status, String functionError, String payload) {
        if (functionError != null && !functionError.isEmpty()) {
            return functionError(functionError);
        }
        if (status < 200 || status >= 300) {
            var unexpected = new IllegalStateException("Lambda answered with status " + status);
            return failed(new AwsFailure(AwsFailure.Fault.NONE, status, "", null, "", unexpected));
        }
        return new LambdaAnswer(null, "", payload == null ? "" : payload);
    }

    /** A call that did not succeed. */
    static LambdaAnswer failed(AwsFailure failure) {
        return new LambdaAnswer(failure, "", "");
    }

    /** The answer of a function that failed. */
    static LambdaAnswer functionError(String error) {
        return new LambdaAnswer(null, error, "");
    }

    /** Null for a success. */
    Throwable thrown() {
        if (failure != null) {
            return failure.thrown();
        }
        return functionError.isEmpty() ? null : new FunctionErrorException(functionError);
    }
}
