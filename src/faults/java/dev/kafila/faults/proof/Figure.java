package dev.kafila.faults.proof;

/**
 * One number of a verdict beside what was promised.
 *
 * @param name    such as {@code lost}; the same in every flow
 * @param flow    null: of all together
 * @param value   what was found
 * @param allowed the most that was promised
 * @param detail  where to look, such as the first record it concerns; empty: nothing to say
 */
record Figure(String name, Flow flow, long value, long allowed, String detail) {

    boolean holds() {
        return value <= allowed;
    }
}
