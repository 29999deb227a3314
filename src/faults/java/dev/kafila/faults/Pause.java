package dev.kafila.faults;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How long something lasts; never a wait for something to happen. An interrupt ends it. */
public final class Pause {
    private Pause() {}

    public static void of(Duration length) {
        until(System.nanoTime() + length.toNanos());
    }

    /** Until that moment, by {@link System#nanoTime()}. */
    public static void until(long nanoTime) {
        while (nanoTime - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(nanoTime - System.nanoTime());
        }
    }
}
