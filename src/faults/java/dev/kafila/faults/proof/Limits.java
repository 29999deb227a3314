package dev.kafila.faults.proof;

import java.time.Duration;
import java.util.Map;

/**
 * What the instances of a run were told, as far as promises depend on it.
 *
 * @param batch        records of a batch, by flow; a flow that is not in it did not run
 * @param session      how long an instance may be silent before its partitions are given to others
 * @param drainTimeout how long a call may go on when its partition is taken away
 */
record Limits(Map<Flow, Integer> batch, Duration session, Duration drainTimeout) {

    Limits {
        batch = Map.copyOf(batch);
    }
}
