package dev.kafila.bench;

/**
 * Counts the records of a request while its bytes come in, without decoding them: what opens where the form of the request has its
 * records. For one request, by one thread.
 */
final class RecordScan {
    /** {@code {"Entries":[{...}]}} of PutEvents. */
    private static final int ENTRIES_DEPTH = 3;

    /** {@code [{...}]}, every form of a Lambda payload but one. */
    private static final int ARRAY_DEPTH = 2;

    /** {@code {"records":{"orders-0":[{...}]}}} of an event source mapping. */
    private static final int MAPPING_DEPTH = 4;

    private final int[] opened = new int[MAPPING_DEPTH + 1];
    private boolean array;
    private int depth;
    private boolean text;
    private boolean escaped;

    void accept(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            at = text ? endOfText(bytes, at) : step(bytes, at);
        }
    }

    private int step(byte[] bytes, int at) {
        switch (bytes[at]) {
            case '"' -> text = true;
            case '{' -> open(false);
            case '[' -> open(true);
            case '}', ']' -> depth--;
            default -> {
                // Numbers, literals and what stands between values.
            }
        }
        return at + 1;
    }

    private void open(boolean list) {
        depth++;
        if (depth == 1) {
            array = list;
        }
        if (depth <= MAPPING_DEPTH) {
            opened[depth]++;
        }
    }

    /** Where the text ends that these bytes are in the middle of, or where the bytes end. */
    private int endOfText(byte[] bytes, int from) {
        for (int at = from; at < bytes.length; at++) {
            if (escaped) {
                escaped = false;
            } else if (bytes[at] == '\\') {
                escaped = true;
            } else if (bytes[at] == '"') {
                text = false;
                return at + 1;
            }
        }
        return bytes.length;
    }

    int entries() {
        return opened[ENTRIES_DEPTH];
    }

    /** Records of a Lambda payload that is an array or the event of an event source mapping. */
    int payloadRecords() {
        return opened[array ? ARRAY_DEPTH : MAPPING_DEPTH];
    }
}
