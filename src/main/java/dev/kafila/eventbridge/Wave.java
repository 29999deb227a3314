package dev.kafila.eventbridge;

import dev.kafila.batch.BatchAbandonedException;
import dev.kafila.batch.BatchLease;
import dev.kafila.eventbridge.Reply.Result;
import dev.kafila.eventbridge.RequestLimiter.Ending;
import dev.kafila.eventbridge.RequestLimiter.Place;
import dev.kafila.failure.Part;
import java.util.ArrayList;
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
    private final List<CompletableFuture<Answered>> requests = new ArrayList<>();
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
     * @param part  that its entries are of
     * @param reply with no result for an entry that was not tried
     */
    record Answered(Part part, List<Entry> entries, Reply reply) {}

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
        requests.add(last ? here(part, entries, place) : there(part, entries, place));
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

    private CompletableFuture<Answered> there(Part part, List<Entry> entries, Place place) {
        try {
            return CompletableFuture.supplyAsync(() -> send(part, entries, place), threads);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // The sink is closing, or the system has no more threads; the request has its place all the same.
            return here(part, entries, place);
        }
    }

    private CompletableFuture<Answered> here(Part part, List<Entry> entries, Place place) {
        return CompletableFuture.completedFuture(send(part, entries, place));
    }

    private Answered send(Part part, List<Entry> entries, Place place) {
        Ending ending = Ending.OTHER;
        try {
            Reply reply = sender.send(entries, this::isLive);
            ending = reply.ending();
            if (reply.results().stream().anyMatch(result -> stops.test(part, result))) {
                stop();
            }
            return new Answered(part, entries, reply);
        } finally {
            limiter.end(place, ending);
        }
    }

    /**
     * Waits for every request that was begun, also if the lease ends meanwhile: what they achieve counts.
     *
     * @param batch for the exception
     * @throws BatchAbandonedException if this thread is interrupted
     */
    List<Answered> await(String batch) {
        List<Answered> answered = new ArrayList<>(requests.size());
        for (CompletableFuture<Answered> request : requests) {
            try {
                answered.add(request.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BatchAbandonedException(batch);
            } catch (ExecutionException e) {
                throw new IllegalStateException("A request of " + batch + " ended without a reply", e.getCause());
            }
        }
        return answered;
    }
}
