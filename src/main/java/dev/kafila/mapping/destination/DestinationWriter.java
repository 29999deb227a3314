package dev.kafila.mapping.destination;

import dev.kafila.failure.FailedRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Writes records of failed invocations to one kind of destination. Thread-safe. */
interface DestinationWriter extends AutoCloseable {

    /** Takes failed records apart into what is told together, in order: those that failed together, unless the kind has another unit. */
    default List<FailedPart> units(List<FailedRecord> failed) {
        return FailedPart.together(failed);
    }

    /** Done when the destination has it, failed when it has not. */
    CompletableFuture<?> write(FailedPart part);

    /** Closes what is not shared with others. */
    @Override
    default void close() {}
}
