package dev.kafila.failure;

import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.RecordBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/**
 * What is still to be done for a batch, and what became of the rest: at any time each record of the batch is in one of the parts, has
 * failed, or is counted among the outcomes. It lives in an exchange property, the only thing that Camel does not restore when it redelivers.
 *
 * @param sink     that works on it
 * @param parts    still to be delivered, in order
 * @param failed   to be dead-lettered
 * @param outcomes of all other records
 */
public record Pending(Sink sink, List<Part> parts, List<FailedRecord> failed, Outcomes outcomes) {

    public Pending {
        parts = List.copyOf(parts);
        failed = List.copyOf(failed);
    }

    /** A batch of which nothing is done yet. */
    public static Pending of(Sink sink, RecordBatch batch) {
        return new Pending(sink, List.of(Part.untried(batch.records())), List.of(), Outcomes.NONE);
    }

    /** What an exchange carries; null if nobody has worked on its batch yet. */
    public static Pending of(Exchange exchange) {
        return exchange.getProperty(BatchConstants.PENDING, Pending.class);
    }

    /**
     * Leaves this value on the exchange. The outcomes go with it, so that a batch that is not done can never pass for a delivered one,
     * even where a route swallows the exception.
     */
    public void storeIn(Exchange exchange) {
        exchange.setProperty(BatchConstants.PENDING, this);
        exchange.setProperty(BatchConstants.OUTCOMES, outcomes);
    }

    /** The part whose turn it is. */
    public Part head() {
        return parts.get(0);
    }

    /** Puts other parts in the place of the first one; those without records are left out. */
    public Pending withHead(Part... instead) {
        return withParts(Arrays.asList(instead), parts.subList(1, parts.size()));
    }

    /** Puts a part before all others. */
    public Pending withFirst(Part first) {
        return withParts(List.of(first), parts);
    }

    private Pending withParts(List<Part> first, List<Part> then) {
        List<Part> next = Stream.concat(first.stream(), then.stream())
                .filter(part -> part.size() > 0)
                .toList();
        return new Pending(sink, next, failed, outcomes);
    }

    public Pending plus(Outcomes more) {
        return new Pending(sink, parts, failed, outcomes.plus(more));
    }

    public Pending plusFailed(List<FailedRecord> more) {
        List<FailedRecord> all = new ArrayList<>(failed);
        all.addAll(more);
        return new Pending(sink, parts, all, outcomes);
    }

    /** The same after some of the failed records were dead-lettered; {@code rest} are those that were not. */
    public Pending deadLetteredBut(List<FailedRecord> rest) {
        return new Pending(sink, parts, rest, outcomes.plus(Outcomes.deadLettered(failed.size() - rest.size())));
    }
}
