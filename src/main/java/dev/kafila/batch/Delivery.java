package dev.kafila.batch;

import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;

/**
 * What became of one exchange.
 *
 * @param failure  null if the batch is settled
 * @param outcomes of a settled batch, else null
 * @param pending  what the route left to be handed back with the batch; may be null
 */
record Delivery(Throwable failure, Outcomes outcomes, Object pending) {

    static Delivery failed(Throwable failure) {
        return new Delivery(failure, null, null);
    }

    static Delivery of(Exchange exchange, RecordBatch batch) {
        Object pending = exchange.getProperty(BatchConstants.PENDING);
        if (exchange.getException() != null) {
            return new Delivery(exchange.getException(), null, pending);
        }
        Object said = exchange.getProperty(BatchConstants.OUTCOMES);
        if (said == null) {
            // A route that handles a failure itself and says no more has chosen to let the records go.
            said = ExchangeHelper.isFailureHandled(exchange)
                    ? Outcomes.dropped(batch.size())
                    : Outcomes.delivered(batch.size());
        }
        if (!(said instanceof Outcomes outcomes)) {
            return new Delivery(
                    new IllegalStateException("The exchange property " + BatchConstants.OUTCOMES + " of "
                            + batch.coordinates() + " is a " + said.getClass().getName()),
                    null,
                    pending);
        }
        if (outcomes.total() != batch.size()) {
            return new Delivery(
                    new IllegalStateException("The route accounts for " + outcomes.total() + " of " + batch.size()
                            + " records of " + batch.coordinates() + "; a step of it loses or counts records twice"),
                    null,
                    pending);
        }
        return new Delivery(null, outcomes, null);
    }
}
