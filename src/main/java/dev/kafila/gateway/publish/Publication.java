package dev.kafila.gateway.publish;

import dev.kafila.gateway.request.PublishRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.RecordMetadata;

/** A record that is to be written, until it is known what came of it. Thread-safe. */
final class Publication {
    private final PublishRequest request;
    private final AtomicReference<Step> step = new AtomicReference<>(Step.WAITING);
    private final CompletableFuture<RecordMetadata> place = new CompletableFuture<>();
    /** Whether its schema is being looked for, which may take long. */
    private volatile boolean schemaAwaited;

    private enum Step {
        /** Nothing of it is with the client of Kafka. */
        WAITING,
        /** It is with the client, and so it may be written. */
        OUT,
        /** It will never be with the client. */
        GIVEN_UP
    }

    Publication(PublishRequest request) {
        this.request = request;
    }

    PublishRequest request() {
        return request;
    }

    /** Done with the record's place when it is acknowledged, failed with the reason. */
    CompletableFuture<RecordMetadata> place() {
        return place;
    }

    /** Whether there is nothing left to do for it. */
    boolean isOver() {
        return place.isDone();
    }

    boolean schemaAwaited() {
        return schemaAwaited;
    }

    void schemaAwaited(boolean awaited) {
        schemaAwaited = awaited;
    }

    /** To be called right before the client gets it; false if it was given up. */
    boolean leave() {
        return step.compareAndSet(Step.WAITING, Step.OUT);
    }

    /** Sees to it that it is never written; false if it may already be. */
    boolean giveUp(Exception reason) {
        boolean givenUp = step.compareAndSet(Step.WAITING, Step.GIVEN_UP);
        if (givenUp) {
            place.completeExceptionally(reason);
        }
        return givenUp;
    }

    void written(RecordMetadata at) {
        place.complete(at);
    }

    void failed(Throwable reason) {
        place.completeExceptionally(reason);
    }
}
