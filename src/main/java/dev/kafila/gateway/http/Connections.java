package dev.kafila.gateway.http;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Closes connections whose client is silent, or too slow to get a request across. Vert.x closes those on which nothing moves, but not those
 * on which a byte moves now and then; nor can it tell a client that is silent from one that waits for its answer.
 */
final class Connections {
    private final Duration idle;
    private final Duration linger;
    /** When each is to be closed, by the clock of {@link System#nanoTime}; null if it is being served. */
    private final Map<HttpConnection, Deadline> open = new ConcurrentHashMap<>();

    /**
     * @param idle   for the next request to arrive, up to the end of its headers
     * @param linger for a body that nobody wants any more, so that its sender gets to see the answer
     */
    Connections(Duration idle, Duration linger) {
        this.idle = idle;
        this.linger = linger;
    }

    void opened(HttpConnection connection) {
        wait(connection, idle);
        connection.closeHandler(closed -> open.remove(connection));
    }

    /** The headers of a request are there. */
    void begun(HttpConnection connection) {
        open.computeIfPresent(connection, (known, deadline) -> Deadline.NONE);
    }

    /** The answer was sent; the next request may come. */
    void answered(HttpConnection connection) {
        open.computeIfPresent(connection, (known, deadline) -> Deadline.in(idle));
    }

    /** The answer was sent, but the client has not sent all of its request. */
    void refused(HttpConnection connection) {
        open.computeIfPresent(connection, (known, deadline) -> Deadline.in(linger));
    }

    /** To be called now and then. */
    void closeLate() {
        long now = System.nanoTime();
        open.forEach((connection, deadline) -> {
            if (deadline.isBefore(now)) {
                connection.close();
            }
        });
    }

    private void wait(HttpConnection connection, Duration time) {
        open.put(connection, Deadline.in(time));
    }

    private record Deadline(boolean set, long nanos) {
        static final Deadline NONE = new Deadline(false, 0);

        static Deadline in(Duration time) {
            return new Deadline(true, System.nanoTime() + time.toNanos());
        }

        boolean isBefore(long now) {
            return set && nanos - now < 0;
        }
    }
}
