package dev.kafila.bench;

/**
 * Records that wait in a topic.
 *
 * @param bytes of each value
 */
record Backlog(int partitions, int bytes, long records) {
    private static final long MOST_RECORDS = 800_000;
    private static final long MOST_BYTES = 400L << 20;
    private static final int QUICK = 4;

    /** As many as one drain may take, in count and in bytes; a quarter of that if it has to be quick. */
    static Backlog of(int partitions, int bytes, boolean quick) {
        long records = Math.min(MOST_RECORDS, MOST_BYTES / bytes);
        return new Backlog(partitions, bytes, quick ? records / QUICK : records);
    }

    String topic() {
        return "p" + partitions + "-b" + bytes;
    }
}
