package dev.kafila.failure;

import dev.kafila.batch.BatchAbandonedException;
import dev.kafila.batch.BatchLease;
import dev.kafila.batch.PartitionStopException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * What came of writing some things.
 *
 * @param done    those that are acknowledged, in order
 * @param rest    those that are not, in order
 * @param problem why there is a rest; null if there is none
 */
public record Written<T>(List<T> done, List<T> rest, Throwable problem) {
    /** How often a wait for an acknowledgement looks whether the lease has ended. */
    private static final long LEASE_CHECK_MILLIS = 250;

    /**
     * Writes everything, and waits for every acknowledgement before it gives up for one that did not come.
     *
     * @param write done when one thing is acknowledged
     * @param lease whose end throws {@link BatchAbandonedException}; may be null
     * @param batch for messages
     */
    public static <T> Written<T> of(
            List<T> things, Function<T, ? extends CompletableFuture<?>> write, BatchLease lease, String batch) {
        List<CompletableFuture<?>> writing = begin(things, write);
        List<T> done = new ArrayList<>(things.size());
        List<T> rest = new ArrayList<>();
        Throwable problem = null;
        for (int i = 0; i < writing.size(); i++) {
            try {
                await(writing.get(i), lease, batch);
                done.add(things.get(i));
            } catch (ExecutionException e) {
                problem = e.getCause();
                rest.add(things.get(i));
            }
        }
        rest.addAll(things.subList(writing.size(), things.size()));
        return new Written<>(List.copyOf(done), List.copyOf(rest), problem);
    }

    /** The same of what these things are made of. */
    public <R> Written<R> each(Function<T, List<R>> made) {
        return new Written<>(
                done.stream().flatMap(thing -> made.apply(thing).stream()).toList(),
                rest.stream().flatMap(thing -> made.apply(thing).stream()).toList(),
                problem);
    }

    /**
     * Stops the partition, and has it probed, unless everything is done.
     *
     * @param what was to be written, for the message
     * @param to   where the one was to be written that is first of the rest
     */
    public void requireAll(String what, Function<T, ?> to) {
        if (problem != null) {
            throw new PartitionStopException(
                    what + " cannot be written to " + to.apply(rest.get(0)) + ": "
                            + problem.getClass().getSimpleName() + ": " + problem.getMessage(),
                    problem,
                    true);
        }
    }

    /** Ends with the first that fails at once: where one cannot be sent, each would wait as long in vain. */
    private static <T> List<CompletableFuture<?>> begin(
            List<T> things, Function<T, ? extends CompletableFuture<?>> write) {
        List<CompletableFuture<?>> writing = new ArrayList<>(things.size());
        for (T thing : things) {
            CompletableFuture<?> written = write.apply(thing);
            writing.add(written);
            if (written.isCompletedExceptionally()) {
                break;
            }
        }
        return writing;
    }

    private static void await(CompletableFuture<?> written, BatchLease lease, String batch) throws ExecutionException {
        while (true) {
            try {
                written.get(LEASE_CHECK_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                if (lease != null && !lease.isLive()) {
                    throw new BatchAbandonedException(batch);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BatchAbandonedException(batch);
            }
        }
    }
}
