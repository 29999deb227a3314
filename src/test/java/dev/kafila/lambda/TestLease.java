package dev.kafila.lambda;

import dev.kafila.batch.BatchLease;
import dev.kafila.batch.Outcomes;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A lease that ends when a test says so. */
public final class TestLease implements BatchLease, AutoCloseable {
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private volatile boolean live = true;
    private volatile long settledBefore;
    private volatile Outcomes outcomes = Outcomes.NONE;

    public void end() {
        live = false;
    }

    @Override
    public boolean isLive() {
        return live;
    }

    @Override
    public void settledBefore(long offset, Outcomes outcomes) {
        settledBefore = offset;
        this.outcomes = outcomes;
    }

    /** Offset of the first record of the batch that is not done; 0: none is known to be. */
    public long settledBefore() {
        return settledBefore;
    }

    /** Of what is done at the beginning of the batch. */
    public Outcomes outcomes() {
        return outcomes;
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
