package dev.kafila.eventbridge;

import dev.kafila.eventbridge.RequestLimiter.Ending;
import dev.kafila.eventbridge.RequestLimiter.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Requests of all batches that wait to be sent to a bus; what waits longest is next. The thread that has sent one goes on with the next,
 * whichever batch it is of: while the bus is busy nobody has to be woken for a request. Thread-safe.
 */
final class RequestQueue {
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

    private record Waiting(RequestLine line, Request request, long bytes) {}

    /**
     * A request that is to be sent now.
     *
     * @param last whether nothing of its line is left waiting
     */
    record Begun(RequestLine line, Request request, Place place, boolean last) {}

    /**
     * A line for the requests of one batch.
     *
     * @param wanted once it is false, requests that wait are dropped; must not wait for anything
     */
    RequestLine line(BooleanSupplier wanted) {
        return new RequestLine(this, lock, wanted);
    }

    /** Puts a request behind all others. */
    void push(RequestLine line, Request request, long bytes) {
        lock.lock();
        try {
            waiting.addLast(new Waiting(line, request, bytes));
            line.waits(bytes);
        } finally {
            lock.unlock();
        }
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
    Begun next(RequestLine asking) {
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
            return new Begun(next.line(), next.request(), place, next.line().isEmpty());
        } finally {
            wakeNext();
            lock.unlock();
        }
    }

    private void dropUnwanted(RequestLine asking) {
        if (asking != null && !asking.isWanted()) {
            waiting.stream().filter(one -> one.line() == asking).forEach(this::drop);
            waiting.removeIf(one -> one.line() == asking);
        }
        while (!waiting.isEmpty() && !waiting.peekFirst().line().isWanted()) {
            drop(waiting.removeFirst());
        }
    }

    private void drop(Waiting unwanted) {
        unwanted.line().begins(unwanted.bytes());
        unwanted.request().drop();
        unwanted.line().ends();
    }

    /** It begins its request itself, or waits for the time that it may. */
    private void wakeNext() {
        if (!waiting.isEmpty() && !limiter.isFull()) {
            waiting.peekFirst().line().wake();
        }
    }

    /** How long it is until the line has something to begin, in ns; zero or less: it has. Under the lock. */
    long waitNanos(RequestLine line) {
        Waiting next = waiting.peekFirst();
        // Of a line whose thread does something else, whoever comes by begins it.
        boolean own = next != null && (next.line() == line || !next.line().rests());
        return own ? limiter.waitNanos() : Long.MAX_VALUE;
    }

    /** Has a request sent by another thread. */
    void execute(Begun begun) {
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
            // A call that was interrupted at its end leaves the thread so, and the next one is another batch's.
            boolean unused = Thread.interrupted();
        }
    }

    void send(Begun begun) {
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
            begun.line().ends();
        } finally {
            lock.unlock();
        }
    }
}
