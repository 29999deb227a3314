package dev.kafila.eventbridge;

import dev.kafila.batch.BatchAbandonedException;
import dev.kafila.batch.BatchLease;
import dev.kafila.eventbridge.Reply.Result;
import dev.kafila.eventbridge.RequestLimiter.Ending;
import dev.kafila.eventbridge.RequestLimiter.Place;
import dev.kafila.failure.Part;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiPredicate;

/** Requests of one batch that are out together: one thread begins them, and waits for all of them. */
final class Wave {
    private final RequestLimiter limiter;
    private final RequestSender sender;
    private final Executor threads;
    /** Null: nobody takes the batch away. */
    private final BatchLease lease;

    private final BiPredicate<Part, Result> stops;
    private final Deque<CompletableFuture<Answered>> requests = new ArrayDeque<>();
    private volatile boolean stopped;

    /**
     * @param threads where all requests run but the last
     * @param stops   whether no further request is to begin because of what became of an entry; called on any thread
     */
    Wave(
            RequestLimiter limiter,
            RequestSender sender,
            Executor threads,
            BatchLease lease,
            BiPredicate<Part, Result> stops) {
        this.limiter = limiter;
        this.sender = sender;
        this.threads = threads;
        this.lease = lease;
        this.stops = stops;
    }

    /**
     * A request that is over.
     *
     * @param part   that its entries are of
     * @param reply  with no result for an entry that was not tried
     * @param broken why it ended neither taken nor refused, which is no fault of its records; null if it did not
     */
    record Answered(Part part, List<Entry> entries, Reply reply, Throwable broken) {}

    /** Whether further requests may begin. */
    boolean goesOn() {
        return !stopped && isLive();
    }

    boolean isLive() {
        return lease == null || lease.isLive();
    }

    /** No further request is to begin. */
    void stop() {
        stopped = true;
    }

    /**
     * Begins a request as soon as there is a place for it.
     *
     * @param last whether this thread has nothing else to do: then it sends the request itself
     * @return false if no further request is to begin, and this one has not
     */
    boolean begin(Part part, List<Entry> entries, boolean last) {
        Place place = place();
        if (place == null) {
            return false;
        }
        Executor threadOfIt = last ? Runnable::run : this::elsewhere;
        requests.add(CompletableFuture.supplyAsync(() -> send(part, entries, place), threadOfIt)
                .handle((reply, failure) -> failure == null
                        ? new Answered(part, entries, reply, null)
                        : new Answered(part, entries, Reply.NONE, failure.getCause())));
        return true;
    }

    private Place place() {
        try {
            return limiter.await(this::goesOn);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
            return null;
        }
    }

    private void elsewhere(Runnable request) {
        try {
            threads.execute(request);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // The sink is closing, or the system has no more threads; the request has its place all the same.
            request.run();
        }
    }

    private Reply send(Part part, List<Entry> entries, Place place) {
        Ending ending = Ending.OTHER;
        try {
            Reply reply = sender.send(entries, this::isLive);
            ending = reply.ending();
            if (reply.results().stream().anyMatch(result -> stops.test(part, result))) {
                stop();
            }
            return reply;
        } catch (RuntimeException | Error e) {
            stop();
            throw e;
        } finally {
            limiter.end(place, ending);
        }
    }

    /** Of the requests that were begun, in order, those before the first that is still out. Each is told once: nobody keeps its entries for the others. */
    List<Answered> answered() {
        List<Answered> answered = new ArrayList<>();
        while (!requests.isEmpty() && requests.peek().isDone()) {
            answered.add(requests.poll().join());
        }
        return answered;
    }

    /**
     * Waits for every request that was begun and is not told yet, also if the lease ends meanwhile: what they achieve counts.
     *
     * @param batch for the exception
     * @throws BatchAbandonedException if this thread is interrupted
     */
    List<Answered> await(String batch) {
        try {
            CompletableFuture.allOf(requests.toArray(CompletableFuture[]::new)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BatchAbandonedException(batch);
        } catch (ExecutionException e) {
            throw new IllegalStateException("How a request ended is not told by an exception", e);
        }
        return answered();
    }
}
