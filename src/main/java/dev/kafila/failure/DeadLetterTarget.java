package dev.kafila.failure;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Where dead letters are written. */
interface DeadLetterTarget extends AutoCloseable {

    /**
     * Writes one dead letter.
     *
     * @param fields what {@link DeadLetterFields} says of it
     * @return done when it is acknowledged, failed when it is not
     */
    CompletableFuture<?> write(FailedRecord failed, Map<String, String> fields);

    /** Makes what is missing, as far as that is permitted; says in the log what is not. */
    void prepare() throws InterruptedException;

    /** Whether it is the topic that the record came from. */
    boolean isSourceOf(FailedRecord failed);

    @Override
    void close();
}
