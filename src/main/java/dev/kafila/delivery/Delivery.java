package dev.kafila.delivery;

import dev.kafila.batch.BatchLease;
import dev.kafila.failure.Part;
import dev.kafila.failure.Pending;
import dev.kafila.failure.Sink;

/** How a sink delivers a batch, step by step. */
public interface Delivery {

    /** Whom what is pending belongs to. */
    Sink sink();

    /**
     * Delivers some of what is pending; something is, and it is due.
     *
     * @param lease null where nobody takes batches away
     */
    Step next(Pending pending, BatchLease lease);

    /** The part that may be tried again before all others; there is one. */
    default Part first(Pending pending) {
        return pending.head();
    }
}
