package dev.kafila.lambda;

import dev.kafila.batch.BatchLease;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A lease that ends when a test says so. */
public final class TestLease implements BatchLease, AutoCloseable {
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private volatile boolean live = true;

    public void end() {
        live = false;
    }

    @Override
    public boolean isLive() {
        return live;
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
