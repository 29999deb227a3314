package dev.kafila.lambda;

import dev.kafila.batch.PartitionStopException;
import dev.kafila.batch.RecordBatch;
import dev.kafila.delivery.BatchProcessor;
import dev.kafila.delivery.Delivery;
import dev.kafila.report.ReportWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** Delivers batches to Lambda functions: the bean of the kamelet {@code kafila-lambda-sink}. */
public final class LambdaDelivery extends BatchProcessor {
    private InvocationListener listener = InvocationListener.NONE;
    /** Null unless started. */
    private LambdaTargets targets;

    /** Before the start. */
    public void setListener(InvocationListener listener) {
        this.listener = listener;
    }

    @Override
    public String route() {
        return new LambdaOptions(getOptions()).route();
    }

    @Override
    public List<Supplier<Optional<String>>> checks() {
        LambdaOptions options = new LambdaOptions(getOptions());
        return options.validate() ? FunctionChecks.of(getCamelContext(), options) : List.of();
    }

    @Override
    protected void connect() {
        targets = LambdaTargets.start(getCamelContext(), new LambdaOptions(getOptions()), id(), listener);
    }

    @Override
    protected void disconnect() {
        if (targets != null) {
            targets.close();
            targets = null;
        }
    }

    @Override
    protected Delivery delivery(Exchange exchange, RecordBatch batch) {
        try {
            return targets.of(batch.topic()).delivery();
        } catch (NoFunctionException e) {
            throw new PartitionStopException(e.getMessage(), e, false);
        }
    }

    @Override
    protected ReportWriter reports() {
        return targets.reports();
    }
}
