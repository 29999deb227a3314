package dev.kafila.faults.proof;

import java.time.Duration;

/**
 * A planned fault.
 *
 * @param after  from the start of the workload
 * @param length how long it lasts; zero where it is one moment, as a kill
 */
record Fault(FaultKind kind, Duration after, Duration length) {}
