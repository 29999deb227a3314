package dev.kafila.failure;

import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.RecordBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is still to be done for a batch, and what became of the rest: at any time each record of the batch is in one of the parts, has
 * failed, or is counted among the outcomes, which may be those of a report. It lives in an exchange property, the only thing that Camel
 * does not restore when it redelivers.
 *
 * @param sink     that works on it
 * @param parts    still to be delivered, in order
 * @param failed   to be dead-lettered
 * @param outcomes of all other records
 * @param reports  to be written before anything else is done
 * @param end      of the delivery for now, when the reports are written; null: it goes on
 */
public record Pending(
        Sink sink,
        List<Part> parts,
        List<FailedRecord> failed,
        Outcomes outcomes,
        List<Report> reports,
        RuntimeException end) {

    public Pending {
        parts = List.copyOf(parts);
        failed = List.copyOf(failed);
        reports = List.copyOf(reports);
    }

    /** What is pending where nothing is to be reported. */
    public Pending(Sink sink, List<Part> parts, List<FailedRecord> failed, Outcomes outcomes) {
        this(sink, parts, failed, outcomes, List.of(), null);
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

    /** Offset of the first record that is not counted yet; empty if all are. */
    public OptionalLong firstOffset() {
        return Stream.of(
                        parts.stream().map(part -> part.records().get(0)),
                        failed.stream().map(FailedRecord::record),
                        reports.stream().map(Report::source))
                .flatMap(records -> records)
                .mapToLong(ConsumerRecord::offset)
                .min();
    }

    /** Puts other parts in the place of the first one; those without records are left out. */
    public Pending withHead(Part... instead) {
        return withParts(Arrays.asList(instead), parts.subList(1, parts.size()));
    }

    /** Puts other parts in the place of all; those without records are left out. */
    public Pending withAll(List<Part> instead) {
        return withParts(instead, List.of());
    }

    /** Puts a part before all others. */
    public Pending withFirst(Part first) {
        return withParts(List.of(first), parts);
    }

    private Pending withParts(List<Part> first, List<Part> then) {
        List<Part> next = Stream.concat(first.stream(), then.stream())
                .filter(part -> part.size() > 0)
                .toList();
        return new Pending(sink, next, failed, outcomes, reports, end);
    }

    public Pending plus(Outcomes more) {
        return new Pending(sink, parts, failed, outcomes.plus(more), reports, end);
    }

    public Pending plusFailed(List<FailedRecord> more) {
        return new Pending(sink, parts, join(failed, more), outcomes, reports, end);
    }

    public Pending plusReports(List<Report> more) {
        return new Pending(sink, parts, failed, outcomes, join(reports, more), end);
    }

    private static <T> List<T> join(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** The same with what ends the delivery when the reports are written; null: nothing does. */
    public Pending ending(RuntimeException then) {
        return new Pending(sink, parts, failed, outcomes, reports, then);
    }

    /** The same after reports were written: those records count. */
    public Pending reported(Written<Report> written) {
        Outcomes more = written.done().stream().map(Report::outcomes).reduce(Outcomes.NONE, Outcomes::plus);
        return new Pending(sink, parts, failed, outcomes.plus(more), written.rest(), end);
    }

    /** The same after failed records were dead-lettered. */
    public Pending deadLettered(Written<FailedRecord> written) {
        Outcomes more = Outcomes.deadLettered(written.done().size());
        return new Pending(sink, parts, written.rest(), outcomes.plus(more), reports, end);
    }
}
