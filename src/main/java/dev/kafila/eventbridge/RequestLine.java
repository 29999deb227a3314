package dev.kafila.eventbridge;

import dev.kafila.eventbridge.RequestQueue.Begun;
import dev.kafila.eventbridge.RequestQueue.Request;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;

/**
 * The requests of one batch in a {@link RequestQueue}. The batch's thread adds them and waits for them; meanwhile it begins those whose turn comes
 * while no other request ends. What other threads use is guarded by the queue's lock.
 */
final class RequestLine {
    /** How much of a batch may wait before its thread does: some ten requests of small records, one of large ones. */
    private static final long AHEAD_BYTES = 64 * 1024;

    /** How often a wait looks whether it is still wanted. */
    private static final long CHECK_NANOS = Duration.ofMillis(250).toNanos();

    private final RequestQueue queue;
    private final Lock lock;
    private final Condition changed;
    private final BooleanSupplier wanted;
    private int waiting;
    private long bytes;
    private int out;
    /** What its thread waits for; null: it does something else. */
    private BooleanSupplier until;

    /** @param lock of the queue */
    RequestLine(RequestQueue queue, Lock lock, BooleanSupplier wanted) {
        this.queue = queue;
        this.lock = lock;
        this.changed = lock.newCondition();
        this.wanted = wanted;
    }

    /**
     * Adds a request, and waits as long as enough of them wait.
     *
     * @param size in bytes
     */
    void add(Request request, long size) throws InterruptedException {
        addLast(request, size);
        begin();
        if (isAhead()) {
            while (!rest(() -> bytes <= AHEAD_BYTES / 2)) {
                begin();
            }
        }
    }

    /** Adds a request that this thread is to send itself if it comes to it first: {@link #await} is called next. */
    void addLast(Request request, long size) {
        queue.push(this, request, size);
    }

    private void begin() {
        for (Begun begun = queue.next(this); begun != null; begun = queue.next(this)) {
            queue.execute(begun);
        }
    }

    /** Waits until each request is over or dropped; what waits last is sent by this thread, which has nothing else to do. */
    void await() throws InterruptedException {
        do {
            for (Begun begun = queue.next(this); begun != null; begun = queue.next(this)) {
                if (begun.line() == this && begun.last()) {
                    queue.send(begun);
                } else {
                    queue.execute(begun);
                }
            }
        } while (!rest(() -> waiting + out == 0));
    }

    private boolean isAhead() {
        lock.lock();
        try {
            return bytes >= AHEAD_BYTES;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it is so, or until there is something to begin or to drop; returns whether it is so. */
    private boolean rest(BooleanSupplier done) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            until = done;
            while (!done.getAsBoolean() && queue.waitNanos(this) > 0 && (isEmpty() || isWanted())) {
                long unused = changed.awaitNanos(Math.min(queue.waitNanos(this), CHECK_NANOS));
            }
            return done.getAsBoolean();
        } finally {
            until = null;
            lock.unlock();
        }
    }

    boolean isWanted() {
        return wanted.getAsBoolean();
    }

    /** Whether none of its requests waits. */
    boolean isEmpty() {
        return waiting == 0;
    }

    /** Whether its thread waits, and can be woken. */
    boolean rests() {
        return until != null;
    }

    void wake() {
        changed.signal();
    }

    /** One more request waits. */
    void waits(long size) {
        waiting++;
        bytes += size;
    }

    /** A request that waited does not any more. */
    void begins(long size) {
        waiting--;
        bytes -= size;
        out++;
        tell();
    }

    /** A request that has begun is over. */
    void ends() {
        out--;
        tell();
    }

    private void tell() {
        if (rests() && until.getAsBoolean()) {
            wake();
        }
    }
}
