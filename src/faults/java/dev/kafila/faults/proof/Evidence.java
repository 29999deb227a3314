package dev.kafila.faults.proof;

import java.util.List;
import java.util.Map;

/**
 * What a run left behind, read from the endpoint and the broker; of the product's own word there are only the ledgers.
 *
 * @param began       start of the workload, by {@link System#nanoTime()}
 * @param ended       when everything had settled, by the same clock
 * @param deadLetters as they are in each flow's topic, in order
 * @param offsets     samples over time, the last one taken at the end
 */
record Evidence(
        Workload workload,
        long began,
        long ended,
        Limits limits,
        Journal journal,
        Map<Flow, List<RecordId>> deadLetters,
        List<Offsets> offsets,
        List<Ledger> ledgers,
        List<Happened> faults) {

    Evidence {
        deadLetters = Map.copyOf(deadLetters);
        offsets = List.copyOf(offsets);
        ledgers = List.copyOf(ledgers);
        faults = List.copyOf(faults);
    }
}
