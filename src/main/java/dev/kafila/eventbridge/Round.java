package dev.kafila.eventbridge;

import dev.kafila.batch.BatchLease;
import dev.kafila.delivery.Outcome.Configuration;
import dev.kafila.delivery.Outcome.Permanent;
import dev.kafila.delivery.Outcome.Retry;
import dev.kafila.delivery.Step;
import dev.kafila.eventbridge.Reply.Result;
import dev.kafila.failure.FailurePolicy;
import dev.kafila.failure.Part;
import dev.kafila.failure.Pending;
import dev.kafila.format.RejectedRecord;
import dev.kafila.record.SourceUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes requests of the parts that are due, sends them and settles what became of them. One use, by one thread. */
final class Round {
    private static final Logger LOG = LoggerFactory.getLogger(Round.class);

    private final BusTarget target;
    private final Map<Long, Entry> kept;
    private final Wave wave;
    private final Settlement settlement;
    private final Map<Part, List<RejectedRecord>> rejected = new LinkedHashMap<>();
    private final boolean stopping;

    /**
     * @param kept   entries that are made already, by offset
     * @param others what is pending besides the parts that are due
     * @param lease  null: nobody takes the batch away
     */
    Round(BusTarget target, Map<Long, Entry> kept, Pending others, BatchLease lease) {
        this.target = target;
        this.kept = kept;
        wave = new Wave(target.queue(), target.sender(), lease, this::stops);
        settlement = new Settlement(target, kept, others);
        stopping = target.policy() == FailurePolicy.STOP || target.policy() == FailurePolicy.STOP_PARTITION;
    }

    /** Whether requests behind this one would be sent in vain, or must not be sent. Called on any thread. */
    private boolean stops(Part part, Result result) {
        if (result.outcome() instanceof Configuration) {
            return true;
        }
        boolean givenUp = result.outcome() instanceof Permanent
                || (result.outcome() instanceof Retry && !target.givingUp().mayRetry(part.failed(Instant.EPOCH)));
        return stopping && givenUp;
    }

    /** Sends requests of these parts until nothing is left or something stops it. */
    Step send(List<Part> due) {
        for (int i = 0; i < due.size(); i++) {
            settlement.leave(send(due.get(i), i == due.size() - 1));
        }
        wave.await(due.get(0).coordinates()).forEach(settlement::add);
        return wave.isLive() ? settlement.decided(rejected) : settlement.abandoned(rejected);
    }

    /** Returns what is left of the part. */
    private Part send(Part part, boolean last) {
        RequestPacker packer = new RequestPacker(
                target.reader(), part.records(), target.givingUp().goesOn(), kept);
        int taken = 0;
        SourceUnavailableException unavailable = null;
        boolean goesOn = true;
        while (goesOn && packer.hasNext() && wave.goesOn()) {
            Packed packed = packer.next();
            boolean alone = target.ordered() || (last && !packer.hasNext());
            if (!packed.entries().isEmpty() && !wave.add(part, packed.entries(), alone)) {
                break;
            }
            taken += packed.taken();
            wave.answered().forEach(settlement::add);
            settlement.filtered(packed.filtered());
            reject(part, packed.rejected());
            unavailable = packed.unavailable();
            goesOn = unavailable == null
                    && !(target.ordered() && !packed.entries().isEmpty());
        }
        Part rest = taken == 0 ? part : part.of(part.records().subList(taken, part.size()));
        return unavailable == null ? rest : waiting(rest, unavailable);
    }

    private void reject(Part part, List<RejectedRecord> records) {
        if (!records.isEmpty()) {
            rejected.merge(part.of(List.of()), records, (some, more) -> Stream.concat(some.stream(), more.stream())
                    .toList());
            if (stopping) {
                wave.stop();
            }
        }
    }

    /** No fault of the records, and no request: it uses up no attempt and no policy applies. */
    private Part waiting(Part part, SourceUnavailableException why) {
        Part waited = part.waited();
        Duration delay = target.retry()
                .delayAfter(waited.waits(), ThreadLocalRandom.current().nextDouble());
        LOG.warn("{} waits: {}; tried again in {} ms", waited.coordinates(), why.getMessage(), delay.toMillis());
        return waited.after(delay, System.nanoTime());
    }
}
