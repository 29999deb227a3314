package dev.kafila.lambda;

import dev.kafila.failure.Part;
import dev.kafila.record.SourceUnavailableException;

/** Invokes one function. Thread-safe. */
@FunctionalInterface
interface Invoker {

    /**
     * Sends a payload.
     *
     * @param records that are in it
     * @param payload must not change afterwards
     */
    LambdaAnswer invoke(Part records, byte[] payload);

    /** So many of the records that were sent were not taken, as the answer is understood. */
    default void failed(int records) {}

    /** Records cannot be read for now. */
    default void unreadable(SourceUnavailableException why) {}
}
