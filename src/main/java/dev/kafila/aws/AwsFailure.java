package dev.kafila.aws;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Why a call of AWS did not succeed, as it is read out of what the client throws.
 *
 * @param fault      why there is no answer of AWS; {@link Fault#NONE} if AWS refused
 * @param status     HTTP status; 0 without an answer
 * @param errorCode  as AWS names it; empty where it names none
 * @param retryAfter how long AWS asks to wait; null: it does not say
 * @param detail     what AWS or the client says about it; may quote the payload, so it is for configuration only
 * @param thrown     by the client
 */
public record AwsFailure(
        Fault fault, int status, String errorCode, Duration retryAfter, String detail, Throwable thrown) {

    /** A longer wait than a function can run for is taken for a mistake of the other side. */
    private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(15);

    private static final int MAX_CAUSES = 20;

    /** Codes that mean a throttle whatever the status; AWS's front doors say some of them with 400. */
    private static final Set<String> THROTTLES = Set.of(
            "TooManyRequestsException",
            "ThrottlingException",
            "ThrottledException",
            "Throttling",
            "SlowDown",
            "RequestLimitExceeded",
            "RequestThrottled",
            "RequestThrottledException");

    private static final Set<String> TOO_LARGE =
            Set.of("RequestTooLargeException", "RequestEntityTooLargeException", "RequestEntityTooLarge");

    /** Codes of S3 for what was cut off or damaged on its way, which it says with 400. */
    private static final Set<String> BROKEN_OFF =
            Set.of("RequestTimeout", "IncompleteBody", "BadDigest", "XAmzContentSHA256Mismatch");

    /** Codes that mean something missing, be it rights, keys, the right time or the thing itself; some front doors say them with 400. */
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
            "NotAuthorized",
            "RequestExpired",
            "RequestTimeTooSkewed",
            "AuthorizationHeaderMalformed",
            "ResourceNotFoundException");

    /** What is wrong with the key that a bucket encrypts with, which S3 says with 400. */
    private static final String KEY_OF_BUCKET = "KMS.";

    /** Why there is no answer of AWS. */
    public enum Fault {
        NONE,
        /** Refused, reset, closed in the middle of an answer, or no such host. */
        CONNECTION,
        TIMEOUT,
        /** There is nothing to sign the request with. */
        CREDENTIALS,
        /** Anything else on this side of the wire. */
        CLIENT
    }

    /** What a failure means for the request. */
    public enum Meaning {
        /** A quota is used up for now. */
        THROTTLE,
        /** May be over by itself. */
        TRANSIENT,
        /** Less of the same may succeed. */
        TOO_LARGE,
        /** No request can succeed before somebody puts something right. */
        CONFIGURATION,
        /** The same request will fail again. */
        PERMANENT
    }

    /** Reads a failure out of anything that a client throws. */
    public static AwsFailure of(Throwable thrown) {
        if (thrown instanceof AwsServiceException refused) {
            return refused(refused);
        }
        return new AwsFailure(fault(thrown), 0, "", null, String.valueOf(thrown.getMessage()), thrown);
    }

    private static AwsFailure refused(AwsServiceException refused) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(refused.awsErrorDetails());
        return new AwsFailure(
                Fault.NONE,
                refused.statusCode(),
                details.map(AwsErrorDetails::errorCode).orElse(""),
                details.map(AwsErrorDetails::sdkHttpResponse)
                        .flatMap(response -> response.firstMatchingHeader("Retry-After"))
                        .map(AwsFailure::seconds)
                        .orElse(null),
                details.map(AwsErrorDetails::errorMessage).orElse(""),
                refused);
    }

    /** Null for what is not a number of seconds, such as a date. */
    private static Duration seconds(String retryAfter) {
        String text = retryAfter.trim();
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(text));
        return asked.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : asked;
    }

    private static Fault fault(Throwable thrown) {
        if (thrown instanceof ApiCallTimeoutException || thrown instanceof ApiCallAttemptTimeoutException) {
            return Fault.TIMEOUT;
        }
        if (hasIoCause(thrown)) {
            return Fault.CONNECTION;
        }
        if (!(thrown instanceof SdkClientException)) {
            return Fault.CLIENT;
        }
        // The SDK has no exception of its own for this; every provider's message says what could not be loaded.
        String message = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("credential") || message.contains("profile file") ? Fault.CREDENTIALS : Fault.CLIENT;
    }

    private static boolean hasIoCause(Throwable thrown) {
        Throwable next = thrown;
        for (int causes = 0; next != null && causes < MAX_CAUSES; causes++) {
            if (next instanceof IOException) {
                return true;
            }
            next = next.getCause();
        }
        return false;
    }

    /** Whether AWS means a throttle when it says this; of requests and of entries. */
    public static boolean isThrottle(String errorCode) {
        return THROTTLES.contains(errorCode);
    }

    /** Whether somebody has to put something right when AWS says this; of requests and of entries. */
    public static boolean isDenial(String errorCode) {
        return DENIALS.contains(errorCode) || errorCode.startsWith(KEY_OF_BUCKET);
    }

    /**
     * Tells what the failure means. It is total: every failure means something.
     *
     * @param retryStatus the HTTP statuses that count as transient besides those that always do
     */
    public Meaning meaning(Set<Integer> retryStatus) {
        if (fault == Fault.CREDENTIALS) {
            return Meaning.CONFIGURATION;
        }
        if (fault != Fault.NONE) {
            return Meaning.TRANSIENT;
        }
        if (status == 429 || isThrottle(errorCode)) {
            return Meaning.THROTTLE;
        }
        if (status == 413 || TOO_LARGE.contains(errorCode)) {
            return Meaning.TOO_LARGE;
        }
        if (retryStatus.contains(status) || BROKEN_OFF.contains(errorCode)) {
            return Meaning.TRANSIENT;
        }
        return isDenial(errorCode) ? Meaning.CONFIGURATION : byStatus();
    }

    private Meaning byStatus() {
        return switch (status) {
            // A file system that is not mounted yet, or a function that is being changed or not ready.
            case 408, 409, 410 -> Meaning.TRANSIENT;
            // 301 to 308 are proxies and wrong endpoints; 401 and 407 ask for credentials.
            case 301, 302, 303, 307, 308, 401, 403, 404, 407 -> Meaning.CONFIGURATION;
            default -> Meaning.PERMANENT;
        };
    }

    /** What AWS calls the error, and the HTTP status; for logs and dead letters. */
    public String code() {
        if (fault != Fault.NONE) {
            return fault.name().toLowerCase(Locale.ROOT);
        }
        return errorCode.isEmpty() ? String.valueOf(status) : errorCode + " " + status;
    }
}
