package dev.kafila.eventbridge;

import dev.kafila.aws.AwsFailure;
import dev.kafila.delivery.Outcome;
import dev.kafila.delivery.Outcome.Configuration;
import dev.kafila.delivery.Outcome.Delivered;
import dev.kafila.delivery.Outcome.Permanent;
import dev.kafila.delivery.Outcome.Retry;
import dev.kafila.failure.FailureKind;
import java.util.Set;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * Tells what an answer means for a request and for each entry of it. It is total: every answer has an outcome, and only an entry that
 * EventBridge gave an id was taken.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html">error codes of entries</a>
 */
final class Interpretation {
    private static final Set<String> TRANSIENT = Set.of("InternalFailure", "InternalException", "ServiceUnavailable");

    /** Its like exist for the source and for the detail type. */
    private static final String NOT_AUTHORIZED = "NotAuthorizedFor";

    private static final String INVALID_ACCOUNT = "InvalidAccountIdException";

    private Interpretation() {}

    /**
     * Interprets the answer to a request: if it is {@link Delivered}, there is a result for each entry, which may yet have failed.
     *
     * @param entries     how many were in the request
     * @param retryStatus the HTTP statuses that count as transient besides those that always do
     */
    static Outcome of(PutAnswer answer, int entries, Set<Integer> retryStatus) {
        if (answer.failure() != null) {
            return Outcome.of(answer.failure(), retryStatus);
        }
        return answer.results().size() == entries
                ? new Delivered()
                : new Retry(
                        FailureKind.TRANSIENT, answer.results().size() + " results for " + entries + " entries", null);
    }

    /** Interprets what EventBridge says of one entry; null is nothing at all. */
    static Outcome of(PutEventsResultEntry result) {
        String error = result == null ? null : result.errorCode();
        if (error != null && !error.isEmpty()) {
            return refusal(error, result.errorMessage());
        }
        return result == null || result.eventId() == null || result.eventId().isEmpty()
                ? new Retry(FailureKind.TRANSIENT, "neither event id nor error code", null)
                : new Delivered();
    }

    private static Outcome refusal(String error, String message) {
        if (AwsFailure.isThrottle(error)) {
            return new Retry(FailureKind.THROTTLE, error, null);
        }
        if (TRANSIENT.contains(error)) {
            return new Retry(FailureKind.TRANSIENT, error, null);
        }
        boolean denied =
                AwsFailure.isDenial(error) || error.equals(INVALID_ACCOUNT) || error.startsWith(NOT_AUTHORIZED);
        return denied ? new Configuration(error, String.valueOf(message)) : new Permanent(FailureKind.PERMANENT, error);
    }
}
