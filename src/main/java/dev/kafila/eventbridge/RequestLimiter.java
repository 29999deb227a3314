package dev.kafila.eventbridge;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when a request may begin: no more are out at once than EventBridge takes, and no more begin in a second than was asked for. A
 * throttle halves how many may be out; requests that were out already when it was last lowered do not lower it again. Each success
 * raises it by its reciprocal, so by one for as many successes as it allows. Thread-safe.
 */
final class RequestLimiter {
    private static final Logger LOG = LoggerFactory.getLogger(RequestLimiter.class);

    private static final long FOREVER = Duration.ofDays(1).toNanos();

    private final String target;
    private final int most;
    private final Pace pace;
    private double limit;
    private int out;
    private long lowerings;

    /** What became of a request, as far as it tells how many EventBridge takes. */
    enum Ending {
        TAKEN,
        THROTTLED,
        /** Tells nothing. */
        OTHER
    }

    /**
     * The right to have one request out; to be given back.
     *
     * @param lowerings that there had been when it was given out
     */
    record Place(long lowerings) {}

    /**
     * @param target    for the log
     * @param most      requests that may be out at once when nothing is throttled
     * @param perSecond most requests a second; 0: as many as there are
     */
    RequestLimiter(String target, int most, int perSecond) {
        this.target = target;
        this.most = most;
        this.pace = new Pace(perSecond, System.nanoTime());
        this.limit = most;
    }

    /** Lets a request begin; null if none may now. */
    synchronized Place begin() {
        if (waitNanos() > 0) {
            return null;
        }
        out++;
        pace.begin(System.nanoTime());
        return new Place(lowerings);
    }

    /** How long until a request may begin, in ns, if none ends before; zero or less: one may. */
    synchronized long waitNanos() {
        return isFull() ? FOREVER : pace.waitNanos(System.nanoTime());
    }

    /** Whether as many are out as may be. */
    synchronized boolean isFull() {
        return out >= (int) limit;
    }

    /** A request is over. */
    synchronized void end(Place place, Ending ending) {
        out--;
        if (ending == Ending.TAKEN && limit < most) {
            raise();
        } else if (ending == Ending.THROTTLED && place.lowerings() == lowerings) {
            lower();
        }
    }

    private void lower() {
        boolean first = limit == most;
        limit = Math.max(1, limit / 2);
        lowerings++;
        if (first) {
            LOG.warn(
                    "{} throttles: at most {} requests are out at once now instead of {}, fewer if it goes on",
                    target,
                    (int) limit,
                    most);
        } else {
            LOG.debug("{} throttles: at most {} requests are out at once now", target, (int) limit);
        }
    }

    private void raise() {
        limit = Math.min(most, limit + 1 / limit);
        if (limit == most) {
            LOG.info("{} takes {} requests at once again", target, most);
        }
    }

    /** How many requests may be out at once now. */
    synchronized int limit() {
        return (int) limit;
    }
}
