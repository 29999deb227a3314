package dev.kafila.lambda;

import dev.kafila.aws.AwsFailure;
import dev.kafila.aws.AwsFailure.Meaning;
import dev.kafila.delivery.Outcome;
import dev.kafila.delivery.Outcome.Configuration;
import dev.kafila.delivery.Outcome.Delivered;
import dev.kafila.delivery.Outcome.Retry;
import dev.kafila.failure.FailureKind;
import java.util.Set;

/**
 * Tells what an answer means, by the table of Lambda's errors. It is total: every answer has an outcome, and one that nobody knows never
 * passes for a success.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors">Invoke, errors</a>
 */
final class Interpretation {
    /** Codes with status 5xx that no waiting puts right: the function's own key, subnet, group, code or role. */
    private static final Set<String> BROKEN_FUNCTIONS = Set.of(
            "InvalidSubnetIDException",
            "SubnetIPAddressLimitReachedException",
            "InvalidSecurityGroupIDException",
            "InvalidRuntimeException",
            "InvalidZipFileException",
            "EC2AccessDeniedException");

    private Interpretation() {}

    /**
     * Interprets one answer.
     *
     * @param retryStatus the HTTP statuses that count as transient besides those that always do
     */
    static Outcome of(LambdaAnswer answer, Set<Integer> retryStatus) {
        if (answer.failure() != null) {
            return refusal(answer.failure(), retryStatus);
        }
        return answer.functionError().isEmpty()
                ? new Delivered()
                : new Retry(FailureKind.FUNCTION_ERROR, answer.functionError(), null);
    }

    private static Outcome refusal(AwsFailure failure, Set<Integer> retryStatus) {
        Meaning meaning = failure.meaning(retryStatus);
        boolean passes = meaning == Meaning.THROTTLE || meaning == Meaning.TOO_LARGE;
        boolean broken = failure.errorCode().startsWith("KMS") || BROKEN_FUNCTIONS.contains(failure.errorCode());
        return broken && !passes
                ? new Configuration(failure.code(), failure.detail())
                : Outcome.of(failure, retryStatus);
    }
}
