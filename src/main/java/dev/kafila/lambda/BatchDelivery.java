package dev.kafila.lambda;

import dev.kafila.batch.BatchAbandonedException;
import dev.kafila.batch.BatchLease;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.failure.FailureKind;
import dev.kafila.failure.Part;
import dev.kafila.failure.Pending;
import dev.kafila.failure.RetryException;
import dev.kafila.failure.RetryPolicy;
import dev.kafila.format.PayloadAssembler;
import dev.kafila.format.PayloadAssembler.Assembly;
import dev.kafila.format.PayloadBuffer;
import dev.kafila.lambda.LambdaOutcome.Configuration;
import dev.kafila.lambda.LambdaOutcome.Delivered;
import dev.kafila.lambda.LambdaOutcome.Permanent;
import dev.kafila.lambda.LambdaOutcome.Retry;
import dev.kafila.lambda.LambdaOutcome.Split;
import dev.kafila.record.SourceUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step of a delivery: formats the first part that is pending, invokes the function with it and tells what is pending then. Stateless
 * but for buffers; thread-safe.
 */
final class BatchDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(BatchDelivery.class);

    private final String target;
    private final PayloadAssembler assembler;
    private final Function<byte[], LambdaAnswer> function;
    private final Set<Integer> retryStatus;
    private final RetryPolicy retry;
    private final boolean bisect;
    private final GivingUp givingUp;
    private final FunctionState state;
    private final PayloadBuffers buffers = new PayloadBuffers();

    /** Makes a delivery to {@code target}; {@code function} sends one payload. */
    BatchDelivery(
            LambdaOptions options,
            String target,
            PayloadAssembler assembler,
            Function<byte[], LambdaAnswer> function,
            FunctionState state) {
        this.target = target;
        this.assembler = assembler;
        this.function = function;
        this.retryStatus = options.retryStatus();
        this.retry = options.retry();
        this.bisect = options.bisect();
        this.givingUp = new GivingUp(target, retry, options.onFailure());
        this.state = state;
    }

    /** What is pending after a step, and what ends the delivery for now; null: go on with the next step. */
    record Step(Pending pending, RuntimeException end) {
        static Step goOn(Pending pending) {
            return new Step(pending, null);
        }
    }

    /** Delivers the first part that is pending; there is one, and it is due. */
    Step next(Pending pending, BatchLease lease) {
        Part head = pending.head();
        PayloadBuffer buffer = buffers.take();
        Assembly assembly = assembler.assemble(head.records(), givingUp.goesOn(), buffer);
        byte[] payload = assembly.included().isEmpty() ? null : buffer.toByteArray();
        buffers.giveBack(buffer);
        if (assembly.taken() == 0) {
            return unreadable(pending.withHead(), head.waited(), assembly.unavailable());
        }

        Part included = head.of(assembly.included());
        Part rest = Part.untried(head.records().subList(assembly.taken(), head.size()));
        Pending narrowed = pending.withHead(included, rest).plus(Outcomes.filtered(assembly.filtered()));
        if (!assembly.rejected().isEmpty()) {
            Step rejection = givingUp.rejected(narrowed, head, assembly.rejected());
            if (rejection.end() != null) {
                return rejection;
            }
            narrowed = rejection.pending();
        }
        return payload == null ? Step.goOn(narrowed) : settle(narrowed, included, function.apply(payload), lease);
    }

    /** No fault of the records, and no request: it uses up no attempt and no policy applies. */
    private Step unreadable(Pending others, Part waited, SourceUnavailableException why) {
        Duration delay =
                retry.delayAfter(waited.waits(), ThreadLocalRandom.current().nextDouble());
        LOG.warn("{} waits: {}; tried again in {} ms", waited.coordinates(), why.getMessage(), delay.toMillis());
        return waiting(others, waited, delay);
    }

    private Step settle(Pending pending, Part sent, LambdaAnswer answer, BatchLease lease) {
        LambdaOutcome outcome = Interpretation.of(answer, retryStatus);
        if (outcome instanceof Delivered) {
            state.works();
            return Step.goOn(pending.withHead().plus(Outcomes.delivered(sent.size())));
        }
        if (lease != null && !lease.isLive()) {
            return new Step(pending, new BatchAbandonedException(sent.coordinates()));
        }
        if (outcome instanceof Retry again) {
            return again(pending, sent, again, answer);
        }
        if (outcome instanceof Split split) {
            return sent.size() > 1
                    ? halved(pending, sent, "is too large for one request")
                    : givingUp.failed(pending, sent.failed(Instant.now()), FailureKind.TOO_LARGE, split.code(), answer);
        }
        if (outcome instanceof Permanent permanent) {
            return givingUp.failed(pending, sent.failed(Instant.now()), permanent.kind(), permanent.code(), answer);
        }
        return misconfigured(pending, (Configuration) outcome, answer);
    }

    private Step again(Pending pending, Part sent, Retry outcome, LambdaAnswer answer) {
        if (bisect && outcome.kind() == FailureKind.FUNCTION_ERROR && sent.size() > 1) {
            return halved(pending, sent, "makes the function fail");
        }
        Part failed = sent.failed(Instant.now());
        if (!givingUp.mayRetry(failed)) {
            return givingUp.failed(pending, failed, outcome.kind(), outcome.code(), answer);
        }
        Duration delay = outcome.after() == null
                ? retry.delayAfter(
                        failed.attempts(), ThreadLocalRandom.current().nextDouble())
                : outcome.after();
        LOG.warn(
                "{} was not delivered to {}: {} ({}), attempt {}; tried again in {} ms",
                failed.coordinates(),
                target,
                outcome.kind().label(),
                outcome.code(),
                failed.attempts(),
                delay.toMillis());
        return waiting(pending.withHead(), failed, delay);
    }

    /** The failed part waits, and what is behind it with it. */
    static Step waiting(Pending others, Part failed, Duration delay) {
        Part waiting = failed.after(delay, System.nanoTime());
        return new Step(others.withFirst(waiting), new RetryException(waiting, delay));
    }

    /** Cutting a part in two uses up no attempt. */
    private Step halved(Pending pending, Part sent, String why) {
        int half = sent.size() / 2;
        LOG.warn("{} {}: cut in two", sent.coordinates(), why);
        return Step.goOn(pending.withHead(
                sent.of(sent.records().subList(0, half)), sent.of(sent.records().subList(half, sent.size()))));
    }

    /** No fault of the records, so it uses up no attempt and no policy applies. */
    private Step misconfigured(Pending pending, Configuration outcome, LambdaAnswer answer) {
        String reason = "Function " + target + " cannot be invoked: " + outcome.code() + " " + outcome.reason();
        state.broken(reason);
        return new Step(pending, new PartitionStopException(reason, answer.thrown(), true));
    }
}
