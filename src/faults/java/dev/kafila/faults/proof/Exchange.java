package dev.kafila.faults.proof;

import java.util.List;

/**
 * A request of an instance to AWS, and what became of its records.
 *
 * @param instance the access key id that it was signed with; each process has one of its own
 * @param arrived  by {@link System#nanoTime()}
 * @param answered when the answer was due, by the same clock; {@link Long#MAX_VALUE} if there was to be none
 * @param records  in the order of the request
 */
record Exchange(Flow flow, String instance, long arrived, long answered, List<Sent> records) {

    Exchange {
        records = List.copyOf(records);
    }

    record Sent(RecordId id, Fate fate) {}
}
