package dev.kafila.delivery;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What was opened one after another: closing it closes all, the last first, also if one of them fails to. For what is made in steps of
 * which each can fail. Not thread-safe.
 */
public final class Opened implements AutoCloseable {
    private final Deque<Runnable> closings = new ArrayDeque<>();

    /** Something more is open; {@code closing} is run once, when this is closed. */
    public void add(Runnable closing) {
        closings.push(closing);
    }

    /**
     * Closes what was opened so far.
     *
     * @throws RuntimeException the first that a closing threw, with the others as suppressed ones
     */
    @Override
    public void close() {
        RuntimeException failure = null;
        while (!closings.isEmpty()) {
            try {
                closings.pop().run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** As {@link #close}, for a start that failed: what closing throws is added to the cause. */
    public void closeAfter(RuntimeException cause) {
        try {
            close();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }
}
