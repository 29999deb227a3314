package dev.kafila.lambda;

import dev.kafila.batch.BatchAbandonedException;
import dev.kafila.batch.BatchLease;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.delivery.Delivery;
import dev.kafila.delivery.GivingUp;
import dev.kafila.delivery.Outcome;
import dev.kafila.delivery.Outcome.Configuration;
import dev.kafila.delivery.Outcome.Delivered;
import dev.kafila.delivery.Outcome.Permanent;
import dev.kafila.delivery.Outcome.Retry;
import dev.kafila.delivery.Outcome.Split;
import dev.kafila.delivery.RecordAge;
import dev.kafila.delivery.Step;
import dev.kafila.delivery.TargetState;
import dev.kafila.failure.FailureKind;
import dev.kafila.failure.Part;
import dev.kafila.failure.Pending;
import dev.kafila.failure.RetryPolicy;
import dev.kafila.failure.Sink;
import dev.kafila.format.PayloadAssembler;
import dev.kafila.format.PayloadAssembler.Assembly;
import dev.kafila.format.PayloadBuffer;
import dev.kafila.format.PayloadBuffers;
import dev.kafila.record.SourceUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step of a delivery: formats the first part that is pending, invokes the function with it and tells what is pending then. Stateless
 * but for buffers; thread-safe.
 */
final class BatchDelivery implements Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(BatchDelivery.class);

    private final Sink sink;
    private final PayloadAssembler assembler;
    private final Invoker function;
    private final Set<Integer> retryStatus;
    private final RetryPolicy retry;
    private final boolean everyRequestCounts;
    private final boolean bisect;
    private final boolean itemFailures;
    private final RecordAge age;
    private final Reporting reporting;
    private final GivingUp givingUp;
    private final GivingUp unsendable;
    private final TargetState state;
    private final PayloadBuffers buffers = new PayloadBuffers();

    /** Makes a delivery to the target of {@code sink}; {@code function} sends one payload. */
    BatchDelivery(
            LambdaOptions options,
            Sink sink,
            PayloadAssembler assembler,
            Invoker function,
            Reporting reporting,
            RecordAge age,
            TargetState state) {
        this.sink = sink;
        this.assembler = assembler;
        this.function = function;
        this.retryStatus = options.retryStatus();
        this.retry = options.retry();
        this.everyRequestCounts = options.everyRequestCounts();
        this.bisect = options.bisect();
        this.itemFailures = options.itemFailures();
        this.age = age;
        this.reporting = reporting;
        String target = "function " + sink.target();
        givingUp = new GivingUp(target, LambdaDelivery.class, retry, options.onFailure(), reporting::givenUp);
        unsendable = new GivingUp(target, LambdaDelivery.class, retry, options.onUnsendable(), reporting::givenUp);
        this.state = state;
    }

    @Override
    public Sink sink() {
        return sink;
    }

    /** Delivers the first part that is pending. */
    @Override
    public Step next(Pending pending, BatchLease lease) {
        Part head = pending.head();
        // What nobody wants is not too old for anybody.
        List<ConsumerRecord<byte[], byte[]>> old = assembler.wanted(age.over(head.records()));
        return old.isEmpty() ? send(pending, head, lease) : givingUp.expired(pending.withHead(), head, old, age);
    }

    private Step send(Pending pending, Part head, BatchLease lease) {
        PayloadBuffer buffer = buffers.take();
        Assembly assembly = assembler.assemble(head.records(), unsendable.goesOn(), buffer);
        byte[] payload = assembly.included().isEmpty() ? null : buffer.toByteArray();
        buffers.giveBack(buffer);
        if (assembly.taken() == 0) {
            return unreadable(pending.withHead(), head.waited(), assembly.unavailable());
        }

        Part included = head.only(assembly.included());
        Part rest = Part.untried(head.records().subList(assembly.taken(), head.size()));
        Pending narrowed = pending.withHead(included, rest).plus(Outcomes.filtered(assembly.filtered()));
        if (!assembly.rejected().isEmpty()) {
            Step rejection = unsendable.rejected(narrowed, head, assembly.rejected());
            if (rejection.end() != null) {
                return rejection;
            }
            narrowed = rejection.pending();
        }
        if (payload == null) {
            return Step.goOn(narrowed);
        }
        SentRecords sent = new SentRecords(assembly.included(), assembly.renamed());
        return settle(narrowed, included, sent, function.invoke(included, payload), lease);
    }

    /** No fault of the records, and no request: it uses up no attempt and no policy applies. */
    private Step unreadable(Pending others, Part waited, SourceUnavailableException why) {
        function.unreadable(why);
        Duration delay =
                retry.delayAfter(waited.waits(), ThreadLocalRandom.current().nextDouble());
        LOG.warn("{} waits: {}; tried again in {} ms", waited.coordinates(), why.getMessage(), delay.toMillis());
        return Step.waiting(others, waited, delay);
    }

    private Step settle(Pending pending, Part part, SentRecords sent, LambdaAnswer answer, BatchLease lease) {
        if (!(Interpretation.of(answer, retryStatus) instanceof Delivered)) {
            return undelivered(pending, part, answer, lease, bisect);
        }
        state.works();
        ItemFailures failures = itemFailures ? ItemFailures.of(answer.payload(), sent) : ItemFailures.NONE;
        if (!failures.readable()) {
            return undelivered(pending, part, answer.asFunctionError("batchItemFailures malformed"), lease, bisect);
        }
        Pending counted = reporting.delivered(pending.withHead(), sent, failures.failed(), answer.payload());
        if (failures.failed().isEmpty()) {
            return Step.goOn(counted);
        }
        Part named = part.of(failures.failed().stream().sorted().map(sent::get).toList());
        // The function has told which records fail: there is nothing left to search for.
        return undelivered(counted.withFirst(named), named, answer.asFunctionError("batchItemFailures"), lease, false);
    }

    private Step undelivered(Pending pending, Part part, LambdaAnswer answer, BatchLease lease, boolean cut) {
        Part sent = part.answered(answer.invocation());
        function.failed(sent.size());
        if (lease != null && !lease.isLive()) {
            return new Step(pending, new BatchAbandonedException(sent.coordinates()));
        }
        Outcome outcome = Interpretation.of(answer, retryStatus);
        if (outcome instanceof Retry again) {
            return cut && again.kind() == FailureKind.FUNCTION_ERROR && sent.size() > 1
                    ? halved(pending, sent, "makes the function fail")
                    : again(pending, sent, again, answer);
        }
        if (outcome instanceof Split split) {
            return sent.size() > 1
                    ? halved(pending, sent, "is too large for one request")
                    : unsendable.failed(
                            pending.withHead(),
                            sent.failed(Instant.now()),
                            FailureKind.TOO_LARGE,
                            split.code(),
                            answer.thrown());
        }
        if (outcome instanceof Permanent permanent) {
            return gaveUp(pending, sent.failed(Instant.now()), permanent.kind(), permanent.code(), answer);
        }
        return misconfigured(pending, (Configuration) outcome, answer);
    }

    private Step again(Pending pending, Part sent, Retry outcome, LambdaAnswer answer) {
        boolean counts = everyRequestCounts || outcome.kind() == FailureKind.FUNCTION_ERROR;
        Part failed = counts ? sent.failed(Instant.now()) : sent.waited();
        if (counts && !givingUp.mayRetry(failed)) {
            return gaveUp(pending, failed, outcome.kind(), outcome.code(), answer);
        }
        Duration delay = outcome.after() == null
                ? retry.delayAfter(
                        counts ? failed.attempts() : failed.waits(),
                        ThreadLocalRandom.current().nextDouble())
                : outcome.after();
        LOG.warn(
                "{} was not delivered to {}: {} ({}), attempt {}; tried again in {} ms",
                failed.coordinates(),
                sink.target(),
                outcome.kind().label(),
                outcome.code(),
                counts ? failed.attempts() : failed.attempts() + 1,
                delay.toMillis());
        return Step.waiting(pending.withHead(), failed, delay);
    }

    private Step gaveUp(Pending pending, Part failed, FailureKind kind, String code, LambdaAnswer answer) {
        return givingUp.failed(pending.withHead(), failed, kind, code, answer.thrown());
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
        String reason = "Function " + sink.target() + " cannot be invoked: " + outcome.code() + " " + outcome.reason();
        state.broken(reason);
        return new Step(pending, new PartitionStopException(reason, answer.thrown(), true));
    }
}
