package dev.kafila.lambda;

import dev.kafila.failure.FailureKind;
import dev.kafila.lambda.LambdaAnswer.Fault;
import dev.kafila.lambda.LambdaOutcome.Configuration;
import dev.kafila.lambda.LambdaOutcome.Delivered;
import dev.kafila.lambda.LambdaOutcome.Permanent;
import dev.kafila.lambda.LambdaOutcome.Retry;
import dev.kafila.lambda.LambdaOutcome.Split;
import java.util.Locale;
import java.util.Set;

/**
 * Tells what an answer means, by the table of Lambda's errors. It is total: every answer has an outcome, and one that nobody knows never
 * passes for a success.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors">Invoke, errors</a>
 */
final class Interpretation {
    /** Codes that mean a throttle whatever the status; AWS's front doors say some of them with 400. */
    private static final Set<String> THROTTLES = Set.of(
            "TooManyRequestsException",
            "ThrottlingException",
            "ThrottledException",
            "Throttling",
            "RequestLimitExceeded",
            "RequestThrottled",
            "RequestThrottledException");

    /** Codes that mean missing rights or keys, which some front doors say with 400. */
    private static final Set<String> DENIALS = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "ExpiredToken",
            "ExpiredTokenException",
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "MissingAuthenticationTokenException",
            "MissingAuthenticationToken",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "OptInRequired",
            "NotAuthorized");

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
    static LambdaOutcome of(LambdaAnswer answer, Set<Integer> retryStatus) {
        if (answer.fault() == Fault.CREDENTIALS) {
            return configuration(answer);
        }
        if (answer.fault() != Fault.NONE) {
            return new Retry(FailureKind.TRANSIENT, answer.fault().name().toLowerCase(Locale.ROOT), null);
        }
        if (!answer.functionError().isEmpty()) {
            return new Retry(FailureKind.FUNCTION_ERROR, answer.functionError(), null);
        }
        if (answer.status() >= 200 && answer.status() < 300) {
            return new Delivered();
        }
        return refusal(answer, retryStatus);
    }

    private static LambdaOutcome refusal(LambdaAnswer answer, Set<Integer> retryStatus) {
        String error = answer.errorCode();
        int status = answer.status();
        if (status == 429 || THROTTLES.contains(error)) {
            return new Retry(FailureKind.THROTTLE, code(answer), answer.retryAfter());
        }
        if (status == 413 || error.equals("RequestTooLargeException")) {
            return new Split(code(answer));
        }
        if (error.startsWith("KMS") || BROKEN_FUNCTIONS.contains(error)) {
            return configuration(answer);
        }
        if (retryStatus.contains(status)) {
            return new Retry(FailureKind.TRANSIENT, code(answer), answer.retryAfter());
        }
        if (DENIALS.contains(error)) {
            return configuration(answer);
        }
        return byStatus(answer);
    }

    private static LambdaOutcome byStatus(LambdaAnswer answer) {
        return switch (answer.status()) {
            // A file system that is not mounted yet, or a function that is being changed or not ready.
            case 408, 409, 410 -> new Retry(FailureKind.TRANSIENT, code(answer), answer.retryAfter());
            // 301 to 308 are proxies and wrong endpoints; 401 and 407 ask for credentials.
            case 301, 302, 303, 307, 308, 401, 403, 404, 407 -> configuration(answer);
            default -> new Permanent(FailureKind.PERMANENT, code(answer));
        };
    }

    private static Configuration configuration(LambdaAnswer answer) {
        return new Configuration(code(answer), answer.detail());
    }

    /** What AWS calls the error, and the HTTP status. */
    static String code(LambdaAnswer answer) {
        if (answer.fault() != Fault.NONE) {
            return answer.fault().name().toLowerCase(Locale.ROOT);
        }
        return answer.errorCode().isEmpty()
                ? String.valueOf(answer.status())
                : answer.errorCode() + " " + answer.status();
    }
}
