package dev.kafila.faults.proof;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How long something lasts; never a wait for something to happen. An interrupt ends it. */
final class Pause {
    private Pause() {}

    static void of(Duration length) {
        until(System.nanoTime() + length.toNanos());
    }

    /** @param nanoTime by {@link System#nanoTime()} */
    static void until(long nanoTime) {
        while (nanoTime - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(nanoTime - System.nanoTime());
        }
    }
}
