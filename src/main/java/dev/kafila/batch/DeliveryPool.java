package dev.kafila.batch;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The threads on which one member's batches are delivered, and for how much of the time all of them that there is work for were at it. Not one of
 * Camel's pools: those run calls on the poll thread when their queue is full, or are not bounded when virtual. The queue is bounded by
 * the lanes, of which each has one batch out.
 */
final class DeliveryPool extends ThreadPoolExecutor {
    private static final long IDLE_THREAD_SECONDS = 60;

    private final LongSupplier nanos;
    private final int most;
    private int partitions = Integer.MAX_VALUE;
    private int calls;
    private long changedAt;
    private long lookedAt;
    private long fullFor;

    DeliveryPool(int most, ThreadFactory threads) {
        this(most, threads, System::nanoTime);
    }

    DeliveryPool(int most, ThreadFactory threads, LongSupplier nanos) {
        super(most, most, IDLE_THREAD_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        allowCoreThreadTimeOut(true);
        this.most = most;
        this.nanos = nanos;
        changedAt = nanos.getAsLong();
        lookedAt = changedAt;
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable call) {
        change(1);
    }

    @Override
    protected void afterExecute(Runnable call, Throwable thrown) {
        change(-1);
    }

    private synchronized void change(int by) {
        count();
        calls += by;
    }

    private void count() {
        long now = nanos.getAsLong();
        if (calls >= Math.max(1, Math.min(most, partitions))) {
            fullFor += now - changedAt;
        }
        changedAt = now;
    }

    /**
     * The part of the time since the last look, 0 to 1, in which as many calls were out as may be.
     *
     * @param owned partitions that the member has; each has one call out at most
     */
    synchronized double busy(int owned) {
        count();
        long time = changedAt - lookedAt;
        double busy = time <= 0 ? 0 : (double) fullFor / time;
        partitions = owned;
        lookedAt = changedAt;
        fullFor = 0;
        return busy;
    }
}
