package dev.kafila.eventbridge;

import dev.kafila.aws.AwsFailure;
import dev.kafila.delivery.Outcome;
import dev.kafila.delivery.Outcome.Delivered;
import dev.kafila.delivery.Outcome.Permanent;
import dev.kafila.delivery.Outcome.Retry;
import dev.kafila.delivery.Outcome.Split;
import dev.kafila.eventbridge.Reply.Result;
import dev.kafila.eventbridge.RequestLimiter.Ending;
import dev.kafila.failure.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Sends one request: uploads what has to be in S3 first, puts the entries and tells what became of each. Thread-safe. */
final class RequestSender {
    private final Function<List<Entry>, PutAnswer> bus;
    /** Null if nothing is offloaded. */
    private final Uploads uploads;

    private final Set<Integer> retryStatus;

    /** @param bus puts entries with one request; what goes wrong is an answer */
    RequestSender(Function<List<Entry>, PutAnswer> bus, Uploads uploads, Set<Integer> retryStatus) {
        this.bus = bus;
        this.uploads = uploads;
        this.retryStatus = retryStatus;
    }

    /**
     * Sends what is to be uploaded, then the entries; only an {@link Error} is no answer.
     *
     * @param live is asked before anything is sent; once it is false, what is left is not tried
     */
    Reply send(List<Entry> entries, BooleanSupplier live) {
        List<Result> results = new ArrayList<>(entries.size());
        List<Entry> ready = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            if (entry.upload() == null) {
                ready.add(entry);
            } else if (live.getAsBoolean()) {
                Result failed = upload(entry);
                if (failed == null) {
                    ready.add(entry.uploaded());
                } else {
                    results.add(failed);
                }
            }
        }
        if (ready.isEmpty() || !live.getAsBoolean()) {
            return new Reply(results, Ending.OTHER);
        }
        return put(ready, results);
    }

    /** Null if it succeeded. */
    private Result upload(Entry entry) {
        try {
            uploads.put(entry.upload());
            return null;
        } catch (RuntimeException e) {
            Outcome outcome = Outcome.of(AwsFailure.of(e), retryStatus);
            // Half of an object is none.
            Outcome whole =
                    outcome instanceof Split tooLarge ? new Permanent(FailureKind.TOO_LARGE, tooLarge.code()) : outcome;
            return new Result(entry, whole, e, uploads.bucket());
        }
    }

    private Reply put(List<Entry> entries, List<Result> results) {
        PutAnswer answer = bus.apply(entries);
        Outcome outcome = Interpretation.of(answer, entries.size(), retryStatus);
        if (outcome instanceof Delivered) {
            for (int i = 0; i < entries.size(); i++) {
                results.add(result(entries.get(i), answer.results().get(i)));
            }
        } else {
            Outcome each =
                    entries.size() > 1 && outcome instanceof Permanent culprit ? new Split(culprit.code()) : outcome;
            entries.forEach(entry -> results.add(new Result(entry, each, answer.thrown(), null)));
        }
        return new Reply(results, ending(outcome, results));
    }

    private static Result result(Entry entry, PutEventsResultEntry result) {
        Outcome outcome = Interpretation.of(result);
        String code = result == null ? null : result.errorCode();
        return new Result(entry, outcome, outcome instanceof Delivered ? null : new EntryRefusedException(code), null);
    }

    private static Ending ending(Outcome request, List<Result> results) {
        boolean throttled = results.stream()
                .anyMatch(result -> result.bucket() == null
                        && result.outcome() instanceof Retry again
                        && again.kind() == FailureKind.THROTTLE);
        if (throttled) {
            return Ending.THROTTLED;
        }
        return request instanceof Delivered ? Ending.TAKEN : Ending.OTHER;
    }
}
