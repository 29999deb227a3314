package dev.kafila.delivery;

import dev.kafila.batch.Outcomes;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.batch.RouteStopException;
import dev.kafila.failure.Decision;
import dev.kafila.failure.FailedRecord;
import dev.kafila.failure.Failure;
import dev.kafila.failure.FailureKind;
import dev.kafila.failure.FailurePolicy;
import dev.kafila.failure.Part;
import dev.kafila.failure.Pending;
import dev.kafila.failure.RetryPolicy;
import dev.kafila.failure.Stage;
import dev.kafila.format.RecordFormatException;
import dev.kafila.format.RecordTooLargeException;
import dev.kafila.format.RejectedRecord;
import dev.kafila.record.RecordDecodeException;
import dev.kafila.record.RecordTransformException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies the failure policy to records that cannot be formatted, or whose attempts are used up. */
public final class GivingUp {
    private static final Logger LOG = LoggerFactory.getLogger(GivingUp.class);

    private final String target;
    private final Class<?> sink;
    private final RetryPolicy retry;
    private final FailurePolicy policy;
    private final Accounts accounts;

    /**
     * Makes the end of what {@code target}, such as {@code function orders}, does not take.
     *
     * @param sink what dead letters name as the class that failed
     */
    public GivingUp(String target, Class<?> sink, RetryPolicy retry, FailurePolicy policy, Accounts accounts) {
        this.target = target;
        this.sink = sink;
        this.retry = retry;
        this.policy = policy;
        this.accounts = accounts;
    }

    /** The same for what stands in the way to the target, such as {@code bucket claims}. */
    public GivingUp of(String other) {
        return new GivingUp(other, sink, retry, policy, accounts);
    }

    /** Whether the records behind a failed one go on without it. */
    public boolean goesOn() {
        return policy.goesOn();
    }

    /** Whether what failed with a request that may succeed later has attempts left. */
    public boolean mayRetry(Part failed) {
        return Decision.of(true, failed.attempts(), retry, policy) == Decision.REDELIVER;
    }

    /**
     * Decides about records whose request failed.
     *
     * @param others pending besides them
     * @param code   of the error, as AWS names it
     * @param thrown by the client; null if there is none
     */
    public Step failed(Pending others, Part failed, FailureKind kind, String code, Throwable thrown) {
        String message = "The " + target + " did not take the record: " + kind.label() + " (" + code + ")";
        return apply(others, failed, Failure.of(kind, code, Stage.TASK_PUT, sink.getName(), message, thrown));
    }

    /**
     * Decides about records that are in no payload.
     *
     * @param others pending besides them
     * @param part   where they were
     */
    public Step rejected(Pending others, Part part, List<RejectedRecord> rejected) {
        Step step = Step.goOn(others);
        for (RejectedRecord record : rejected) {
            Part alone = part.of(List.of(record.record()));
            // No request went out. Under this policy the attempts only tell how long the next delay is.
            Part failed = policy == FailurePolicy.RETRY ? alone.failed(Instant.now()) : alone;
            step = apply(step.pending(), failed, failureOf(record.reason()));
        }
        return step;
    }

    /**
     * Decides about records that are older than they may be, or, if the records before them are to be delivered first, cuts the part there.
     *
     * @param others pending besides the part
     * @param old    records of the part, in order
     */
    public Step expired(Pending others, Part part, List<ConsumerRecord<byte[], byte[]>> old, RecordAge age) {
        List<ConsumerRecord<byte[], byte[]>> all = part.records();
        if (goesOn()) {
            Set<ConsumerRecord<byte[], byte[]>> gone = Set.copyOf(old);
            Part fresh = part.of(
                    all.stream().filter(record -> !gone.contains(record)).toList());
            return tooOld(others.withFirst(fresh), part.of(old), age);
        }
        int first = all.indexOf(old.get(0));
        int from = Math.max(first, 1);
        Pending behind = others.withFirst(part.of(all.subList(from, all.size())));
        Part before = part.of(all.subList(0, from));
        return first == 0 ? tooOld(behind, before, age) : Step.goOn(behind.withFirst(before));
    }

    private Step tooOld(Pending others, Part old, RecordAge age) {
        RecordTooOldException reason = new RecordTooOldException(age.most());
        Failure failure = Failure.of(
                FailureKind.PERMANENT,
                RecordTooOldException.CODE,
                Stage.TASK_PUT,
                sink.getName(),
                reason.getMessage(),
                reason);
        return apply(others, old, failure);
    }

    private Step apply(Pending others, Part failed, Failure failure) {
        String what = failed.coordinates() + " cannot be delivered to the " + target + ": " + failure.summary()
                + " after " + failed.attempts() + " attempts";
        return switch (Decision.of(false, failed.attempts(), retry, policy)) {
            // Even what cannot succeed is tried for ever, ever more slowly.
            case REDELIVER -> {
                LOG.warn("{}; tried again for ever", what);
                yield Step.waiting(others, failed, retry.delayAfter(failed.attempts(), random()));
            }
            case STOP_PARTITION -> stopped(others, failed, failure, new PartitionStopException(what, null, false));
            case STOP -> stopped(others, failed, failure, new RouteStopException(what, null));
            case DROP -> {
                LOG.error("Dropped {} records: {}", failed.size(), what);
                yield Step.goOn(accounts.givenUp(others, failedRecords(failed, failure), Outcomes.dropped(1)));
            }
            case DEAD_LETTER -> {
                List<FailedRecord> records = failedRecords(failed, failure);
                // They count when their dead letters are written.
                yield Step.goOn(accounts.givenUp(others.plusFailed(records), records, Outcomes.NONE));
            }
        };
    }

    /** Whoever resumes has all attempts before him. */
    private Step stopped(Pending others, Part failed, Failure failure, RuntimeException stop) {
        Pending kept = others.withFirst(failed.withFreshAttempts());
        return new Step(accounts.givenUp(kept, failedRecords(failed, failure), Outcomes.NONE), stop);
    }

    private static List<FailedRecord> failedRecords(Part failed, Failure failure) {
        Instant now = Instant.now();
        Instant first = failed.firstFailure() == null ? now : failed.firstFailure();
        Instant last = failed.lastFailure() == null ? now : failed.lastFailure();
        long together = failed.records().get(0).offset();
        return failed.records().stream()
                .map(record ->
                        new FailedRecord(record, failure, failed.attempts(), first, last, failed.answer(), together))
                .toList();
    }

    private static double random() {
        return ThreadLocalRandom.current().nextDouble();
    }

    private static Failure failureOf(RuntimeException reason) {
        if (reason instanceof RecordDecodeException decode) {
            Stage stage =
                    switch (decode.side()) {
                        case KEY -> Stage.KEY_CONVERTER;
                        case VALUE -> Stage.VALUE_CONVERTER;
                        case HEADERS -> Stage.HEADER_CONVERTER;
                    };
            return Failure.of(
                    FailureKind.PERMANENT,
                    "conversion",
                    stage,
                    decode.converter(),
                    decode.getMessage(),
                    decode.getCause());
        }
        if (reason instanceof RecordTransformException transform) {
            return Failure.of(
                    FailureKind.PERMANENT,
                    "transformation",
                    Stage.TRANSFORMATION,
                    transform.step(),
                    transform.getMessage(),
                    transform.getCause());
        }
        if (reason instanceof RecordFormatException format) {
            return Failure.of(
                    FailureKind.PERMANENT,
                    "formatting",
                    Stage.TRANSFORMATION,
                    format.formatter(),
                    format.getMessage(),
                    format.getCause());
        }
        FailureKind kind = reason instanceof RecordTooLargeException ? FailureKind.TOO_LARGE : FailureKind.PERMANENT;
        return Failure.of(kind, "payload-limit", Stage.TASK_PUT, GivingUp.class.getName(), reason.getMessage(), reason);
    }
}
