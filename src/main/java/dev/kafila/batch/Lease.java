package dev.kafila.batch;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** A lease that knows whether a call of its batch is out, so that a drain waits for calls and not for retries. */
final class Lease implements BatchLease {
    private final Executor pool;
    private final Runnable onIdleAfterEnd;
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean live = true;
    private volatile boolean begun;
    private volatile boolean reportsCalls;
    /** Null: nothing of the batch is known to be settled. */
    private volatile Settled settled;

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
    public void settledBefore(long offset, Outcomes outcomes) {
        settled = new Settled(offset, outcomes);
    }

    Settled settled() {
        return settled;
    }

    @Override
    public Executor executor() {
        reportsCalls = true;
        return this::execute;
    }

    void end() {
        live = false;
    }

    /** Whether the delivery may begin; false if the lease ended while it was queued. */
    boolean begin() {
        begun = live;
        return begun;
    }

    /**
     * Whether a drain must wait: not for what is queued, which sees the end of the lease before it begins. A route that never asked for the
     * executor cannot tell a call from a wait.
     */
    boolean mayHaveCallOut() {
        return running.get() > 0 || (begun && !reportsCalls);
    }

    void execute(Runnable call) {
        pool.execute(() -> {
            // Counted before the call looks at the lease: either the call sees its end, or the drain sees the call.
            running.incrementAndGet();
            try {
                call.run();
            } finally {
                returned();
            }
        });
    }

    private void returned() {
        if (running.decrementAndGet() == 0 && !live) {
            onIdleAfterEnd.run();
        }
    }

    /**
     * The beginning of a batch that is not done.
     *
     * @param before   offset of the first record that is not settled
     * @param outcomes of the records before it
     */
    record Settled(long before, Outcomes outcomes) {}
}
