package dev.kafila.faults.proof;

import java.util.List;

/**
 * A request of an instance to AWS, and what became of its records.
 *
 * @param instance the access key id that it was signed with; each process has one of its own
 * @param arrived  by {@link System#nanoTime()}
 * @param records  in the order of the request
 */
record Exchange(Flow flow, String instance, long arrived, List<Sent> records) {

    Exchange {
        records = List.copyOf(records);
    }

    record Sent(RecordId id, Fate fate) {}
}
