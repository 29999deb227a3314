package dev.kafila.lambda;

import dev.kafila.batch.BatchAbandonedException;
import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.BatchLease;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.batch.RecordBatch;
import dev.kafila.failure.Pending;
import dev.kafila.failure.Report;
import dev.kafila.failure.RetryException;
import dev.kafila.failure.Sink;
import dev.kafila.failure.UndeliverableException;
import dev.kafila.failure.Written;
import dev.kafila.lambda.BatchDelivery.Step;
import dev.kafila.preflight.Checked;
import dev.kafila.preflight.Preflight;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Delivers batches to a Lambda function: formats, calls and interprets in one node, so that a redelivery repeats all three. What is
 * done and what is not is in the exchange's {@link Pending} value after every step.
 */
public final class LambdaDelivery extends AsyncProcessorSupport implements CamelContextAware, Checked {
    private final String id = UUID.randomUUID().toString();
    private CamelContext context;
    private Map<String, Object> options = new HashMap<>();
    private LambdaTargets targets;

    /** The parameters of the kamelet {@code kafila-lambda-sink}; missing and empty values mean the default. */
    public Map<String, Object> getOptions() {
        return options;
    }

    public void setOptions(Map<String, Object> options) {
        this.options = options;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        context = camelContext;
        // The one thing that Camel does to a sink of a kamelet while the context initialises: it is initialised itself
        // when it starts.
        Preflight.of(context).enlist(this);
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    public String route() {
        return new LambdaOptions(options).route();
    }

    @Override
    public List<Supplier<Optional<String>>> checks() {
        LambdaOptions parsed = new LambdaOptions(options);
        return parsed.validate() ? FunctionChecks.of(context, parsed) : List.of();
    }

    @Override
    protected void doStart() {
        Preflight.of(context).await(this);
        targets = LambdaTargets.start(context, new LambdaOptions(options), id);
    }

    @Override
    protected void doStop() {
        if (targets != null) {
            targets.close();
            targets = null;
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        BatchLease lease = exchange.getProperty(BatchConstants.LEASE, BatchLease.class);
        try {
            RecordBatch batch = exchange.getMessage().getMandatoryBody(RecordBatch.class);
            LambdaTarget target = target(batch);
            Pending pending = pending(exchange, batch, target.sink());
            pending.storeIn(exchange);
            requireLive(lease, batch);
            if (pending.reports().isEmpty()) {
                requireDue(pending);
            }
            if (lease != null) {
                lease.executor().execute(() -> {
                    run(target.delivery(), exchange, batch, lease);
                    callback.done(false);
                });
                return false;
            }
            run(target.delivery(), exchange, batch, null);
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
    private void run(BatchDelivery delivery, Exchange exchange, RecordBatch batch, BatchLease lease) {
        try {
            deliver(delivery, exchange, batch, lease);
        } catch (RuntimeException | Error e) {
            fail(exchange, e);
        }
    }

    private void deliver(BatchDelivery delivery, Exchange exchange, RecordBatch batch, BatchLease lease) {
        Pending pending = report(Pending.of(exchange), exchange, batch, lease);
        while (!pending.parts().isEmpty()) {
            requireLive(lease, batch);
            requireDue(pending);
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
            Written<Report> written = targets.reports().write(pending, member, lease, batch.coordinates());
            reported = pending.reported(written);
            reported.storeIn(exchange);
            written.requireAll("Reports of " + batch.coordinates(), targets.reports()::destination);
        }
        if (reported.end() != null) {
            reported.ending(null).storeIn(exchange);
            throw reported.end();
        }
        return reported;
    }

    private LambdaTarget target(RecordBatch batch) {
        if (targets.reports() != null) {
            targets.reports().requireOther(batch);
        }
        try {
            return targets.of(batch.topic());
        } catch (NoFunctionException e) {
            throw new PartitionStopException(e.getMessage(), e, false);
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

    private static void requireDue(Pending pending) {
        if (!pending.parts().isEmpty()) {
            Duration left = pending.head().timeLeft(System.nanoTime());
            if (left.compareTo(Duration.ZERO) > 0) {
                throw new RetryException(pending.head(), left);
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
