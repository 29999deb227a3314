package dev.kafila.faults.proof;

/**
 * Which record of the workload it is; every record carries it as its key.
 *
 * @param number its offset as well: every partition is written in the order of the numbers, from 0, by one idempotent producer
 */
record RecordId(int partition, int number) {

    static RecordId of(String key) {
        int colon = key.indexOf(':');
        return new RecordId(Integer.parseInt(key.substring(0, colon)), Integer.parseInt(key.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return partition + ":" + number;
    }
}
