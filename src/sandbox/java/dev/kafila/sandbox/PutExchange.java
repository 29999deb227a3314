package dev.kafila.sandbox;

import java.util.List;

/**
 * A PutEvents request that was answered, or whose client went away.
 *
 * @param results  of each entry, in their order; empty if the request failed as a whole
 * @param arrived  when it had been read, by {@link System#nanoTime()}
 * @param answered when the answer was written or the connection was gone, by the same clock
 */
public record PutExchange(PutEvents request, List<EntryResult> results, long arrived, long answered) {

    public PutExchange {
        results = List.copyOf(results);
    }

    /** The entries that were taken. */
    public List<EventEntry> taken() {
        return EntryResult.taken(request, results);
    }
}
