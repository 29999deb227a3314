package dev.kafila.batch;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** A lease that knows whether a call of its batch is out, so that a drain waits for calls and not for retries. */
final class Lease implements BatchLease {
    private final Executor pool;
    private final Runnable onIdleAfterEnd;
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean live = true;
    private volatile boolean reportsCalls;

    /** @param onIdleAfterEnd called when the last call returns after the lease ended; on any thread */
    Lease(Executor pool, Runnable onIdleAfterEnd) {
        this.pool = pool;
        this.onIdleAfterEnd = onIdleAfterEnd;
    }

    @Override
    public boolean isLive() {
        return live;
    }

    @Override
    public Executor executor() {
        reportsCalls = true;
        return this::execute;
    }

    void end() {
        live = false;
    }

    /** Whether a drain must wait: a route that never asked for the executor cannot tell a call from a wait. */
    boolean mayHaveCallOut() {
        return running.get() > 0 || !reportsCalls;
    }

    void execute(Runnable call) {
        running.incrementAndGet();
        try {
            pool.execute(() -> {
                try {
                    call.run();
                } finally {
                    returned();
                }
            });
        } catch (RuntimeException e) {
            returned();
            throw e;
        }
    }

    private void returned() {
        if (running.decrementAndGet() == 0 && !live) {
            onIdleAfterEnd.run();
        }
    }
}
