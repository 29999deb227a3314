package dev.kafila.faults.proof;

import java.time.Duration;

/**
 * A fault as it really happened.
 *
 * @param instance the access key id of the process it was done to; null: to none, or to all
 * @param began    by {@link System#nanoTime()}
 * @param ended    by the same clock, when what it took away was there again
 */
record Happened(Fault fault, String instance, long began, long ended) {

    /** Whether it is of that kind and lasted for at least so long. */
    boolean outlasts(FaultKind kind, Duration time) {
        return fault.kind() == kind && ended - began >= time.toNanos();
    }
}
