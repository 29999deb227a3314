package dev.kafila.eventbridge;

import dev.kafila.eventbridge.RequestLimiter.Ending;
import dev.kafila.eventbridge.RequestLimiter.Place;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Requests of all batches that wait to be sent to a bus; what waits longest is next. The thread that has sent one goes on with the next,
 * whichever batch it is of: while the bus is busy nobody has to be woken for a request. Thread-safe.
 */
final class RequestQueue {
    /** How much of a batch may wait before its thread does: some ten requests of small records, one of large ones. */
    private static final long AHEAD_BYTES = 64 * 1024;

    /** How often a wait looks whether it is still wanted. */
    private static final long CHECK_NANOS = Duration.ofMillis(250).toNanos();

    private final RequestLimiter limiter;
    private final Executor threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** @param threads where requests are sent, but for the last one of a batch */
    RequestQueue(RequestLimiter limiter, Executor threads) {
        this.limiter = limiter;
        this.threads = threads;
    }

    /** One of its methods is called, once, on any thread. */
    interface Request {
        /** Sends it; whatever goes wrong is an ending. */
        Ending send();

        /** It was not sent and will not be. Must not wait for anything. */
        void drop();
    }

    private record Waiting(Line line, Request request, long bytes) {}

    /** @param last whether nothing of its line is left waiting */
    private record Begun(Line line, Request request, Place place, boolean last) {}

    /**
     * A line for the requests of one batch.
     *
     * @param wanted once it is false, requests that wait are dropped; must not wait for anything
     */
    Line line(BooleanSupplier wanted) {
        return new Line(wanted);
    }

    /** How many requests wait. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins the request that is next.
     *
     * @param asking whose thread asks; null: one that takes any
     * @return null if there is none, none may begin now, or the thread of its line is at hand
     */
    private Begun next(Line asking) {
        lock.lock();
        try {
            dropUnwanted(asking);
            Waiting next = waiting.peekFirst();
            if (next == null
                    || (asking != null && next.line() != asking && next.line().rests())) {
                return null;
            }
            Place place = limiter.begin();
            if (place == null) {
                return null;
            }
            waiting.removeFirst();
            next.line().begins(next.bytes());
            return new Begun(next.line(), next.request(), place, next.line().waits == 0);
        } finally {
            wakeNext();
            lock.unlock();
        }
    }

    private void dropUnwanted(Line asking) {
        if (asking != null && !asking.wanted.getAsBoolean()) {
            waiting.stream().filter(one -> one.line() == asking).forEach(this::drop);
            waiting.removeIf(one -> one.line() == asking);
        }
        while (!waiting.isEmpty() && !waiting.peekFirst().line().wanted.getAsBoolean()) {
            drop(waiting.removeFirst());
        }
    }

    private void drop(Waiting unwanted) {
        unwanted.line().begins(unwanted.bytes());
        unwanted.request().drop();
        unwanted.line().isOver();
    }

    /** It begins its request itself, or waits for the time that it may. */
    private void wakeNext() {
        if (!waiting.isEmpty() && !limiter.isFull()) {
            waiting.peekFirst().line().changed.signal();
        }
    }

    private void execute(Begun begun) {
        try {
            threads.execute(() -> carryOn(begun));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // The sink is closing, or the system has no more threads; the request has its place all the same.
            send(begun);
        }
    }

    private void carryOn(Begun first) {
        for (Begun begun = first; begun != null; begun = next(null)) {
            send(begun);
        }
    }

    private void send(Begun begun) {
        Ending ending = Ending.OTHER;
        try {
            ending = begun.request().send();
        } finally {
            end(begun, ending);
        }
    }

    private void end(Begun begun, Ending ending) {
        lock.lock();
        try {
            limiter.end(begun.place(), ending);
            begun.line().isOver();
        } finally {
            lock.unlock();
        }
    }

    /** See {@link #line}. One thread adds to it; what the others use is guarded by the lock. */
    final class Line {
        private final BooleanSupplier wanted;
        private final Condition changed = lock.newCondition();
        private int waits;
        private long bytes;
        private int out;
        /** What its thread waits for; null: it does something else. */
        private BooleanSupplier until;

        private Line(BooleanSupplier wanted) {
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
            lock.lock();
            try {
                waiting.addLast(new Waiting(this, request, size));
                waits++;
                bytes += size;
            } finally {
                lock.unlock();
            }
        }

        /** Waits until each request is over or dropped; what waits last is sent by this thread, which has nothing else to do. */
        void await() throws InterruptedException {
            do {
                Begun begun = next(this);
                while (begun != null) {
                    if (begun.line() == this && begun.last()) {
                        send(begun);
                    } else {
                        execute(begun);
                    }
                    begun = next(this);
                }
            } while (!rest(() -> waits + out == 0));
        }

        private void begin() {
            for (Begun begun = next(this); begun != null; begun = next(this)) {
                execute(begun);
            }
        }

        private boolean isAhead() {
            lock.lock();
            try {
                return bytes >= AHEAD_BYTES;
            } finally {
                lock.unlock();
            }
        }

        /** Waits until it is so, or until there is something to do before; returns whether it is so. */
        private boolean rest(BooleanSupplier done) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                until = done;
                while (!done.getAsBoolean() && !hasToDo()) {
                    boolean first = !waiting.isEmpty() && waiting.peekFirst().line() == this;
                    long nanos = first ? limiter.waitNanos() : CHECK_NANOS;
                    long unused = changed.awaitNanos(Math.min(nanos, CHECK_NANOS));
                }
                return done.getAsBoolean();
            } finally {
                until = null;
                lock.unlock();
            }
        }

        /** Whether requests are to be dropped, or one is to begin that nobody else looks after. */
        private boolean hasToDo() {
            Waiting next = waiting.peekFirst();
            boolean mine = next != null && (next.line() == this || !next.line().rests());
            return (waits > 0 && !wanted.getAsBoolean()) || (mine && limiter.waitNanos() <= 0);
        }

        private boolean rests() {
            return until != null;
        }

        private void begins(long size) {
            waits--;
            bytes -= size;
            out++;
            tell();
        }

        private void isOver() {
            out--;
            tell();
        }

        private void tell() {
            if (rests() && until.getAsBoolean()) {
                changed.signal();
            }
        }
    }
}
