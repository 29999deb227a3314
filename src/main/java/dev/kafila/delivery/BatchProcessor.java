package dev.kafila.delivery;

import dev.kafila.batch.BatchAbandonedException;
import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.BatchLease;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.batch.RecordBatch;
import dev.kafila.failure.Part;
import dev.kafila.failure.Pending;
import dev.kafila.failure.Report;
import dev.kafila.failure.RetryException;
import dev.kafila.failure.Sink;
import dev.kafila.failure.UndeliverableException;
import dev.kafila.failure.Written;
import dev.kafila.preflight.Checked;
import dev.kafila.preflight.Preflight;
import dev.kafila.report.ReportWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * A sink for batches: formats, calls and interprets in one node, so that a redelivery repeats all three. What is done and what is not is
 * in the exchange's {@link Pending} value after every step.
 */
public abstract class BatchProcessor extends AsyncProcessorSupport implements CamelContextAware, Checked {
    private final String id = UUID.randomUUID().toString();
    private CamelContext context;
    private Map<String, Object> options = new HashMap<>();

    /** The parameters of the sink's kamelet; missing and empty values mean the default. */
    public final Map<String, Object> getOptions() {
        return options;
    }

    public final void setOptions(Map<String, Object> options) {
        this.options = options;
    }

    @Override
    public final void setCamelContext(CamelContext camelContext) {
        context = camelContext;
        // The one thing that Camel does to a sink of a kamelet while the context initialises: it is initialised itself
        // when it starts.
        Preflight.of(context).enlist(this);
    }

    @Override
    public final CamelContext getCamelContext() {
        return context;
    }

    /** Tells this sink from others of the same process. */
    protected final String id() {
        return id;
    }

    /** Makes what it takes to deliver, when everything that the routes need was asked for. */
    protected abstract void connect();

    /** Undoes {@link #connect}, as far as that got. */
    protected abstract void disconnect();

    /** How this batch is delivered, asked again for every redelivery of its exchange. */
    protected abstract Delivery delivery(Exchange exchange, RecordBatch batch);

    /** Where answers and errors are reported; null if nothing is. */
    protected ReportWriter reports() {
        return null;
    }

    @Override
    protected final void doStart() {
        Preflight.of(context).await(this);
        connect();
    }

    @Override
    protected final void doStop() {
        disconnect();
    }

    @Override
    public final boolean process(Exchange exchange, AsyncCallback callback) {
        BatchLease lease = exchange.getProperty(BatchConstants.LEASE, BatchLease.class);
        try {
            RecordBatch batch = exchange.getMessage().getMandatoryBody(RecordBatch.class);
            // First of all: once its route is stopped, there is nothing left to deliver with.
            requireLive(lease, batch);
            if (reports() != null) {
                reports().requireOther(batch);
            }
            Delivery delivery = delivery(exchange, batch);
            Pending pending = pending(exchange, batch, delivery.sink());
            pending.storeIn(exchange);
            if (pending.reports().isEmpty()) {
                requireDue(delivery, pending);
            }
            if (lease != null) {
                lease.executor().execute(() -> {
                    run(delivery, exchange, batch, lease);
                    callback.done(false);
                });
                return false;
            }
            run(delivery, exchange, batch, null);
        } catch (RejectedExecutionException e) {
            // The threads go away together with the lease.
            fail(exchange, lease == null || lease.isLive() ? e : new BatchAbandonedException(String.valueOf(exchange)));
        } catch (Exception e) {
            fail(exchange, e);
        }
        callback.done(true);
        return true;
    }

    /** Never throws: on a thread of the lease nobody would call the exchange back. */
    private void run(Delivery delivery, Exchange exchange, RecordBatch batch, BatchLease lease) {
        try {
            deliver(delivery, exchange, batch, lease);
        } catch (RuntimeException | Error e) {
            fail(exchange, e);
        }
    }

    private void deliver(Delivery delivery, Exchange exchange, RecordBatch batch, BatchLease lease) {
        Pending pending = report(Pending.of(exchange), exchange, batch, lease);
        while (!pending.parts().isEmpty()) {
            requireLive(lease, batch);
            requireDue(delivery, pending);
            Step step = delivery.next(pending, lease);
            pending = report(step.pending().ending(step.end()), exchange, batch, lease);
        }
        if (!pending.failed().isEmpty()) {
            requireLive(lease, batch);
            throw new UndeliverableException(batch.coordinates(), pending.failed());
        }
    }

    /** Writes what is to be reported before anything else is done, be it to end the delivery. */
    private Pending report(Pending pending, Exchange exchange, RecordBatch batch, BatchLease lease) {
        pending.storeIn(exchange);
        Pending reported = pending;
        if (!pending.reports().isEmpty()) {
            requireLive(lease, batch);
            int member = exchange.getProperty(BatchConstants.MEMBER, 0, Integer.class);
            Written<Report> written = reports().write(pending, member, lease, batch.coordinates());
            reported = pending.reported(written);
            reported.storeIn(exchange);
            written.requireAll("Reports of " + batch.coordinates(), reports()::destination);
        }
        tell(lease, batch, reported);
        if (reported.end() != null) {
            reported.ending(null).storeIn(exchange);
            throw reported.end();
        }
        return reported;
    }

    /** A batch that waits may be taken away: what is done at its beginning is to be committed then. */
    private static void tell(BatchLease lease, RecordBatch batch, Pending pending) {
        Outcomes outcomes = pending.outcomes();
        OptionalLong first = pending.firstOffset();
        if (lease == null || first.isEmpty()) {
            return;
        }
        int done = (int) batch.records().stream()
                .takeWhile(record -> record.offset() < first.getAsLong())
                .count();
        if (done > 0 && outcomes.total() == done) {
            lease.settledBefore(first.getAsLong(), outcomes);
        } else if (done > 0 && outcomes.total() == outcomes.delivered()) {
            // Some behind the first that waits are done, too. Where all were delivered, so were those before it.
            lease.settledBefore(first.getAsLong(), Outcomes.delivered(done));
        }
    }

    private Pending pending(Exchange exchange, RecordBatch batch, Sink sink) {
        Pending pending = Pending.of(exchange);
        if (pending == null) {
            return Pending.of(sink, batch);
        }
        if (!pending.sink().id().equals(id)) {
            throw new PartitionStopException(
                    "The route has a second sink for " + batch.coordinates()
                            + ", and what is delivered can be kept for one only: give each sink a route of its own",
                    null,
                    false);
        }
        return pending;
    }

    private static void requireLive(BatchLease lease, RecordBatch batch) {
        if (lease != null && !lease.isLive()) {
            throw new BatchAbandonedException(batch.coordinates());
        }
    }

    private static void requireDue(Delivery delivery, Pending pending) {
        if (!pending.parts().isEmpty()) {
            Part first = delivery.first(pending);
            Duration left = first.timeLeft(System.nanoTime());
            if (left.compareTo(Duration.ZERO) > 0) {
                throw new RetryException(first, left);
            }
        }
    }

    private static void fail(Exchange exchange, Throwable e) {
        if (e instanceof RetryException retry) {
            exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, retry.tickMillis());
        }
        exchange.setException(e);
    }
}
