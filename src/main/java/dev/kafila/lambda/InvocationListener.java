package dev.kafila.lambda;

import dev.kafila.delivery.Outcome;
import dev.kafila.record.SourceUnavailableException;

/** Hears what became of every invocation of a sink's functions. */
@FunctionalInterface
public interface InvocationListener {
    /** Nobody listens. */
    InvocationListener NONE = (records, outcome) -> {};

    /**
     * Called on the thread of the call: returns soon, throws nothing.
     *
     * @param records that were in the payload
     * @param outcome of the invocation; the function may still have named records that it did not take
     */
    void invoked(int records, Outcome outcome);

    /** Called as often as records cannot be read for now, and so are in no invocation. */
    default void unreadable(SourceUnavailableException why) {}
}
