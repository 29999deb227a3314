package dev.kafila.faults.proof;

import dev.kafila.faults.LedgerLine;
import java.util.List;

/**
 * The last ledger of a process.
 *
 * @param instance its access key id
 * @param lines    empty: it was killed and told nothing any more
 */
record Ledger(String instance, List<LedgerLine> lines) {

    Ledger {
        lines = List.copyOf(lines);
    }
}
