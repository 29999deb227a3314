package dev.kafila.lambda;

import dev.kafila.lambda.LambdaAnswer.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Reads an answer out of what the AWS client throws. */
final class LambdaFaults {
    /** A longer wait than a function can run for is taken for a mistake of the other side. */
    private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(15);

    private static final int MAX_CAUSES = 20;

    private LambdaFaults() {}

    static LambdaAnswer read(Throwable thrown) {
        if (thrown instanceof AwsServiceException refused) {
            return refused(refused);
        }
        return LambdaAnswer.missing(fault(thrown), String.valueOf(thrown.getMessage()), thrown);
    }

    private static LambdaAnswer refused(AwsServiceException refused) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(refused.awsErrorDetails());
        return LambdaAnswer.refused(
                refused.statusCode(),
                details.map(AwsErrorDetails::errorCode).orElse(""),
                details.map(AwsErrorDetails::sdkHttpResponse)
                        .flatMap(response -> response.firstMatchingHeader("Retry-After"))
                        .map(LambdaFaults::seconds)
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
        if (!(thrown instanceof SdkClientException)) {
            return hasIoCause(thrown) ? Fault.CONNECTION : Fault.CLIENT;
        }
        if (hasIoCause(thrown)) {
            return Fault.CONNECTION;
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
}
