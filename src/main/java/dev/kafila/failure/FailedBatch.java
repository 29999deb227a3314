package dev.kafila.failure;

import dev.kafila.batch.BatchAbandonedException;
import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.BatchLease;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.RecordBatch;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** A batch that is done but for records that failed for good and are to be kept elsewhere, as an exchange carries it. */
public final class FailedBatch {
    private final Exchange exchange;
    private final RecordBatch batch;
    private final BatchLease lease;
    private final Pending pending;

    private FailedBatch(Exchange exchange, RecordBatch batch, Pending pending) {
        this.exchange = exchange;
        this.batch = batch;
        this.pending = pending;
        lease = exchange.getProperty(BatchConstants.LEASE, BatchLease.class);
    }

    /**
     * The batch of an exchange; one that failed before any sink had it, in a step of a user's own, has failed whole.
     *
     * @throws Exception that brought the exchange here, if the batch is not done yet: whoever sent it here has taken a pause for a failure
     */
    public static FailedBatch of(Exchange exchange) throws Exception {
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        RecordBatch batch = exchange.getMessage().getMandatoryBody(RecordBatch.class);
        Pending left = Pending.of(exchange);
        Pending pending = left == null ? untouched(exchange, batch, cause) : left;
        pending.storeIn(exchange);
        if (!pending.parts().isEmpty() || !pending.reports().isEmpty()) {
            throw cause != null ? cause : new IllegalStateException(batch.coordinates() + " is not done yet");
        }
        return new FailedBatch(exchange, batch, pending);
    }

    private static Pending untouched(Exchange exchange, RecordBatch batch, Exception cause) {
        Exception thrown = cause == null ? new IllegalStateException("No exception came with the batch") : cause;
        String route = exchange.getProperty(Exchange.FAILURE_ROUTE_ID, "", String.class);
        Failure failure = Failure.of(
                FailureKind.PERMANENT,
                thrown.getClass().getSimpleName(),
                Stage.TRANSFORMATION,
                String.valueOf(exchange.getProperty(Exchange.FAILURE_ROUTE_ID)),
                "A step before the sink failed: " + thrown.getClass().getName(),
                thrown);
        Instant now = Instant.now();
        long together = batch.firstOffset();
        List<FailedRecord> failed = batch.records().stream()
                .map(record -> new FailedRecord(record, failure, 0, now, now, null, together))
                .toList();
        return new Pending(new Sink("", route, ""), List.of(), failed, Outcomes.NONE);
    }

    /** The records; none if everything was delivered after all. */
    public List<FailedRecord> failed() {
        return pending.failed();
    }

    public Sink sink() {
        return pending.sink();
    }

    /** Of the consumer group in this process. */
    public int member() {
        return exchange.getProperty(BatchConstants.MEMBER, 0, Integer.class);
    }

    /** May be null, where nobody takes batches away. */
    public BatchLease lease() {
        return lease;
    }

    /** This batch's place for messages and logs. */
    public String coordinates() {
        return batch.coordinates();
    }

    /** Ends everything if the batch was taken away. */
    public void requireLive() {
        if (lease != null && !lease.isLive()) {
            throw new BatchAbandonedException(coordinates());
        }
    }

    /**
     * Keeps what was written, so that it is not written again, and stops the partition, and has it probed, unless that is everything.
     *
     * @param what was written, for the message
     * @param to   where one was written
     */
    public void keep(Written<FailedRecord> written, String what, Function<FailedRecord, ?> to) {
        pending.deadLettered(written).storeIn(exchange);
        written.requireAll(what + " of " + coordinates(), to);
    }
}
