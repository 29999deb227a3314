package dev.kafila.eventbridge;

import dev.kafila.aws.AwsFailure;
import java.util.List;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * What came back from one request.
 *
 * @param failure of the request as a whole; null if EventBridge says what became of each entry
 * @param results one for each entry by its place, if the answer is right; empty after a failure
 */
record PutAnswer(AwsFailure failure, List<PutEventsResultEntry> results) {

    static PutAnswer answered(List<PutEventsResultEntry> results) {
        return new PutAnswer(null, results);
    }

    static PutAnswer failed(Throwable thrown) {
        return new PutAnswer(AwsFailure.of(thrown), List.of());
    }

    /** What to show for an answer that no entry was taken by. */
    Throwable thrown() {
        return failure == null ? new EntryRefusedException(results.size() + " results") : failure.thrown();
    }
}
