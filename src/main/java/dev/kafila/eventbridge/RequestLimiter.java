package dev.kafila.eventbridge;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when a request may begin: no more are out at once than EventBridge takes, and no more begin in a second than was asked for. A
 * throttle halves how many may be out; requests that were out already when it was last lowered do not lower it again. Each success
 * raises it by its reciprocal, so by one for as many successes as it allows. Whoever waits longest is next. Thread-safe.
 */
final class RequestLimiter {
    private static final Logger LOG = LoggerFactory.getLogger(RequestLimiter.class);

    /** How often a wait looks whether it is still wanted. */
    private static final long CHECK_NANOS = Duration.ofMillis(250).toNanos();

    private final String target;
    private final int most;
    private final Pace pace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Condition> waiting = new ArrayDeque<>();
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

    /**
     * Waits until a request may begin.
     *
     * @param wanted is asked now and then; once it is false, the wait ends
     * @return null if it is not wanted any more
     */
    Place await(BooleanSupplier wanted) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!wanted.getAsBoolean()) {
                return null;
            }
            return waiting.isEmpty() && waitNanos() <= 0 ? begin() : queue(wanted);
        } finally {
            lock.unlock();
        }
    }

    private Place queue(BooleanSupplier wanted) throws InterruptedException {
        Condition turn = lock.newCondition();
        waiting.addLast(turn);
        try {
            while (wanted.getAsBoolean()) {
                long nanos = waiting.peekFirst() == turn ? waitNanos() : CHECK_NANOS;
                if (nanos <= 0) {
                    return begin();
                }
                long unused = turn.awaitNanos(Math.min(nanos, CHECK_NANOS));
            }
            return null;
        } finally {
            waiting.remove(turn);
            wakeNext();
        }
    }

    /** Zero or less: a request may begin. */
    private long waitNanos() {
        return out < (int) limit ? pace.waitNanos(System.nanoTime()) : CHECK_NANOS;
    }

    private Place begin() {
        out++;
        pace.begin(System.nanoTime());
        return new Place(lowerings);
    }

    private void wakeNext() {
        Condition next = waiting.peekFirst();
        if (next != null) {
            next.signal();
        }
    }

    /** A request is over. */
    void end(Place place, Ending ending) {
        lock.lock();
        try {
            out--;
            if (ending == Ending.TAKEN && limit < most) {
                raise();
            } else if (ending == Ending.THROTTLED && place.lowerings() == lowerings) {
                lower();
            }
            wakeNext();
        } finally {
            lock.unlock();
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
    int limit() {
        lock.lock();
        try {
            return (int) limit;
        } finally {
            lock.unlock();
        }
    }

    /** How many wait for their turn. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
