package dev.kafila.eventbridge;

import dev.kafila.batch.Outcomes;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.delivery.GivingUp;
import dev.kafila.delivery.Outcome;
import dev.kafila.delivery.Outcome.Configuration;
import dev.kafila.delivery.Outcome.Delivered;
import dev.kafila.delivery.Outcome.Permanent;
import dev.kafila.delivery.Outcome.Retry;
import dev.kafila.delivery.Outcome.Split;
import dev.kafila.delivery.Step;
import dev.kafila.delivery.TargetState;
import dev.kafila.eventbridge.Reply.Result;
import dev.kafila.eventbridge.Wave.Answered;
import dev.kafila.failure.FailureKind;
import dev.kafila.failure.Part;
import dev.kafila.failure.Pending;
import dev.kafila.failure.RetryException;
import dev.kafila.format.RejectedRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds up what became of a wave: what was taken counts, what may succeed later comes again, and about the rest the failure policy decides.
 * One use, by one thread.
 */
final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final Map<Long, Entry> kept;
    private final GivingUp givingUp;
    private final Retries retries;
    private final TargetState state;
    private final List<Part> parts = new ArrayList<>();
    private final Map<Failing, List<Result>> failing = new LinkedHashMap<>();
    private Pending pending;
    private RuntimeException end;

    /**
     * Entries with the same history that failed for the same reason.
     *
     * @param history a part without records
     */
    private record Failing(Part history, Outcome outcome, String bucket) {}

    /**
     * @param others what is pending besides the parts of the wave
     * @param kept   entries that are made already, by offset; those that are needed again are added, and what was taken is removed
     */
    Settlement(BusTarget target, Map<Long, Entry> kept, Pending others) {
        this.kept = kept;
        givingUp = target.givingUp();
        retries = new Retries(target.sink().target(), target.retry());
        state = target.state();
        pending = others.withAll(List.of());
        parts.addAll(others.parts());
    }

    /** These records are pending as they are. */
    void leave(Part part) {
        parts.add(part);
    }

    void filtered(int records) {
        pending = pending.plus(Outcomes.filtered(records));
    }

    /** Takes in what became of a request. */
    void add(Answered answered) {
        List<Result> results = answered.reply().results();
        List<Result> tooLarge = new ArrayList<>();
        int delivered = 0;
        for (Result result : results) {
            if (result.outcome() instanceof Delivered) {
                kept.remove(offset(result.entry()));
                delivered++;
            } else if (result.outcome() instanceof Split) {
                tooLarge.add(result);
            } else {
                fails(answered.part(), result);
            }
        }
        if (delivered > 0) {
            pending = pending.plus(Outcomes.delivered(delivered));
            state.works();
        }
        if (results.size() < answered.entries().size()) {
            leave(part(answered.part(), untried(answered.entries(), results)));
        }
        cut(answered.part(), tooLarge);
        if (answered.broken() != null) {
            broken(answered);
        }
    }

    private static Stream<Entry> untried(List<Entry> entries, List<Result> results) {
        Set<Long> tried = results.stream().map(result -> offset(result.entry())).collect(Collectors.toSet());
        return entries.stream().filter(entry -> !tried.contains(offset(entry)));
    }

    /** A request ended by a fault of this process: its records stay pending, and no policy gives them up. */
    private void broken(Answered answered) {
        Throwable fault = answered.broken();
        String records = part(answered.part(), answered.entries().stream()).coordinates();
        ends(new IllegalStateException("A request of " + records + " broke off: " + fault, fault));
    }

    private void fails(Part history, Result result) {
        kept.put(offset(result.entry()), result.entry());
        failing.computeIfAbsent(
                        new Failing(history.of(List.of()), result.outcome(), result.bucket()), key -> new ArrayList<>())
                .add(result);
    }

    /** Cutting a request in two uses up no attempt. */
    private void cut(Part history, List<Result> results) {
        if (results.size() < 2) {
            results.forEach(result -> fails(history, result));
            return;
        }
        results.forEach(result -> kept.put(offset(result.entry()), result.entry()));
        int half = results.size() / 2;
        leave(part(history, results.subList(0, half)));
        leave(part(history, results.subList(half, results.size())));
        LOG.warn(
                "The request of {} is not taken as a whole: cut in two",
                part(history, results).coordinates());
    }

    /**
     * Lets everything that failed stay pending: nothing is decided about a batch that somebody else delivers again.
     *
     * @param rejected records in no request, by their parts
     */
    Step abandoned(Map<Part, List<RejectedRecord>> rejected) {
        failing.forEach((key, results) -> leave(part(key.history(), results)));
        rejected.forEach((part, records) ->
                leave(part.of(records.stream().map(RejectedRecord::record).toList())));
        return Step.goOn(pending.withAll(parts));
    }

    /**
     * Decides about everything that failed.
     *
     * @param rejected records in no request, by their parts
     */
    Step decided(Map<Part, List<RejectedRecord>> rejected) {
        rejected.forEach((part, records) -> take(givingUp.rejected(pending, part, records)));
        Instant now = Instant.now();
        failing.forEach((key, results) -> {
            if (key.outcome() instanceof Configuration problem) {
                misconfigured(key, problem, results);
            } else {
                failed(
                        key,
                        part(key.history(), results).failed(now),
                        results.get(0).thrown());
            }
        });
        parts.addAll(pending.parts());
        parts.addAll(retries.parts());
        return new Step(pending.withAll(parts), end);
    }

    private void failed(Failing why, Part failed, Throwable thrown) {
        GivingUp giver = why.bucket() == null ? givingUp : givingUp.of("bucket " + why.bucket());
        if (why.outcome() instanceof Retry again) {
            if (giver.mayRetry(failed)) {
                retries.add(failed, again, why.bucket());
            } else {
                take(giver.failed(pending, failed, again.kind(), again.code(), thrown));
            }
        } else if (why.outcome() instanceof Split split) {
            take(giver.failed(pending, failed, FailureKind.TOO_LARGE, split.code(), thrown));
        } else if (why.outcome() instanceof Permanent permanent) {
            take(giver.failed(pending, failed, permanent.kind(), permanent.code(), thrown));
        } else {
            throw new IllegalStateException(failed.coordinates() + " did not fail: " + why.outcome());
        }
    }

    /** No fault of the records, so it uses up no attempt and no policy applies. */
    private void misconfigured(Failing why, Configuration problem, List<Result> results) {
        Part part = part(why.history(), results);
        leave(part);
        String target = why.bucket() == null ? "Bus " + pending.sink().target() : "Bucket " + why.bucket();
        String reason =
                target + " does not take " + part.coordinates() + ": " + problem.code() + " " + problem.reason();
        state.broken(reason);
        ends(new PartitionStopException(reason, results.get(0).thrown(), true));
    }

    private void take(Step step) {
        pending = step.pending();
        // How long what remains has to wait is looked up when everything is decided.
        if (!(step.end() instanceof RetryException)) {
            ends(step.end());
        }
    }

    /** Of several ends the first counts; the others come again when the batch does. */
    private void ends(RuntimeException next) {
        if (end == null) {
            end = next;
        }
    }

    private static Part part(Part history, List<Result> results) {
        return part(history, results.stream().map(Result::entry));
    }

    private static Part part(Part history, Stream<Entry> entries) {
        return history.of(entries.map(Entry::source).toList());
    }

    private static long offset(Entry entry) {
        return entry.source().offset();
    }
}
