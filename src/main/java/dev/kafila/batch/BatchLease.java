package dev.kafila.batch;

import java.util.concurrent.Executor;

/** The right to deliver a batch. It ends when the partition is revoked or lost, or the consumer stops. */
public interface BatchLease {

    /**
     * Whether the batch may still be delivered, retried, dropped or dead-lettered. Once false it stays false; a request that is out
     * then may still finish, and its success counts.
     */
    boolean isLive();

    /**
     * Tells that all records of the batch before this offset are done with: if the batch is taken away, they need not be delivered again. Others
     * behind them that are done, too, will be.
     *
     * @param outcomes of those records
     */
    void settledBefore(long offset, Outcomes outcomes);

    /** Where calls of this batch run: threads that may block for as long as a function runs. */
    Executor executor();
}
