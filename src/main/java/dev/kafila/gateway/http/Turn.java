package dev.kafila.gateway.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The place that a request has among those in flight: from before its body is read until it is answered and, should the client not wait for
 * that, until the route is done with it.
 */
final class Turn {
    private final Semaphore places;
    private final AtomicInteger users = new AtomicInteger(1);

    private Turn(Semaphore places) {
        this.places = places;
    }

    /** Null if all places are taken. */
    static Turn take(Semaphore places) {
        return places.tryAcquire() ? new Turn(places) : null;
    }

    /** For one more, each of which has to {@link #leave}. */
    void share() {
        users.incrementAndGet();
    }

    void leave() {
        if (users.decrementAndGet() == 0) {
            places.release();
        }
    }
}
