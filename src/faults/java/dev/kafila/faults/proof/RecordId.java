package dev.kafila.faults.proof;

import java.util.Comparator;

/**
 * Which record of the workload it is; every record carries it as its key.
 *
 * @param number its offset as well: every partition is written in the order of the numbers, from 0, by one idempotent producer
 */
record RecordId(int partition, int number) {
    static final Comparator<RecordId> ORDER =
            Comparator.comparingInt(RecordId::partition).thenComparingInt(RecordId::number);

    static RecordId of(String key) {
        int colon = key.indexOf(':');
        return new RecordId(Integer.parseInt(key.substring(0, colon)), Integer.parseInt(key.substring(colon + 1)));
    }

    /** As logs and figures name it, {@code orders-0@7}. */
    String coordinates() {
        return Workload.TOPIC + "-" + partition + "@" + number;
    }

    @Override
    public String toString() {
        return partition + ":" + number;
    }
}
