package dev.kafila.eventbridge;

import dev.kafila.batch.BatchAbandonedException;
import dev.kafila.batch.BatchLease;
import dev.kafila.eventbridge.Reply.Result;
import dev.kafila.eventbridge.RequestLimiter.Ending;
import dev.kafila.failure.Part;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiPredicate;

/** Requests of one batch that wait or are out together: one thread adds them, and waits for all of them. */
final class Wave {
    private final RequestLine line;
    private final RequestSender sender;
    /** Null: nobody takes the batch away. */
    private final BatchLease lease;

    private final BiPredicate<Part, Result> stops;
    private final Deque<Request> requests = new ArrayDeque<>();
    private volatile boolean stopped;

    /** @param stops whether no further request is to begin because of what became of an entry; called on any thread */
    Wave(RequestQueue queue, RequestSender sender, BatchLease lease, BiPredicate<Part, Result> stops) {
        this.line = queue.line(this::goesOn);
        this.sender = sender;
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

    private final class Request implements RequestQueue.Request {
        private final Part part;
        private final List<Entry> entries;
        /** Null until it is over. */
        private volatile Answered answered;

        Request(Part part, List<Entry> entries) {
            this.part = part;
            this.entries = entries;
        }

        @Override
        public Ending send() {
            Reply reply = Reply.NONE;
            Throwable broken = null;
            try {
                reply = sender.send(entries, Wave.this::isLive);
                for (Result result : reply.results()) {
                    if (stops.test(part, result)) {
                        stop();
                    }
                }
            } catch (RuntimeException | Error e) {
                stop();
                reply = Reply.NONE;
                broken = e;
            }
            answered = new Answered(part, entries, reply, broken);
            return reply.ending();
        }

        @Override
        public void drop() {
            answered = new Answered(part, entries, Reply.NONE, null);
        }
    }

    /** Whether further requests may begin. */
    boolean goesOn() {
        return !stopped && isLive();
    }

    boolean isLive() {
        return lease == null || lease.isLive();
    }

    /** No further request is to begin, and those that wait do not. */
    void stop() {
        stopped = true;
    }

    /**
     * Adds a request, which begins as soon as there is a place for it, and waits while enough of them wait.
     *
     * @param last whether this thread has nothing else to do: then it may send the request itself
     * @return false if no further request is to begin, and this one will not
     */
    boolean add(Part part, List<Entry> entries, boolean last) {
        if (!goesOn()) {
            return false;
        }
        Request request = new Request(part, entries);
        requests.add(request);
        long size = entries.stream().mapToLong(Entry::bytes).sum();
        if (last) {
            line.addLast(request, size);
        } else {
            try {
                line.add(request, size);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stop();
            }
        }
        return true;
    }

    /** Of the requests that were added, in order, those before the first that is not over. Each is told once: nobody keeps its entries for the others. */
    List<Answered> answered() {
        List<Answered> answered = new ArrayList<>();
        while (!requests.isEmpty() && requests.peek().answered != null) {
            answered.add(requests.poll().answered);
        }
        return answered;
    }

    /**
     * Waits for every request that was added and is not told yet, also if the lease ends meanwhile: what those achieve that are out counts.
     *
     * @param batch for the exception
     * @throws BatchAbandonedException if this thread is interrupted
     */
    List<Answered> await(String batch) {
        try {
            line.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
            throw new BatchAbandonedException(batch);
        }
        return answered();
    }
}
