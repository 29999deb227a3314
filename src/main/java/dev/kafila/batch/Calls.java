package dev.kafila.batch;

import java.util.concurrent.atomic.LongAdder;

/** What one route has called, whatever became of it. Thread-safe. */
public final class Calls {
    private final LongAdder sent = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder errors = new LongAdder();

    /** A call with so many records in it has ended, well or not. */
    public void sent(int records) {
        sent.add(records);
    }

    /** So many of the records of a call were not taken. */
    public void failed(int records) {
        failed.add(records);
    }

    /** What the route reads from, a broker or a schema registry, has failed it. */
    public void error() {
        errors.increment();
    }

    /** Records in calls; one that is sent again counts again. */
    public long sent() {
        return sent.sum();
    }

    /** Of {@link #sent()}, those that were not taken. */
    public long failed() {
        return failed.sum();
    }

    public long errors() {
        return errors.sum();
    }
}
