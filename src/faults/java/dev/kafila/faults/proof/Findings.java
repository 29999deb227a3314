package dev.kafila.faults.proof;

/** Counts what is wrong and remembers where that was first. */
final class Findings {
    private long count;
    private String first = "";

    void add(String where) {
        add(1, where);
    }

    void add(long more, String where) {
        if (count == 0 && more > 0) {
            first = where;
        }
        count += more;
    }

    /** A figure of which nothing is allowed. */
    Figure figure(String name, Flow flow) {
        return figure(name, flow, 0);
    }

    Figure figure(String name, Flow flow, long allowed) {
        return new Figure(name, flow, count, allowed, first);
    }
}
