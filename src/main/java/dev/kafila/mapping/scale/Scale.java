package dev.kafila.mapping.scale;

/**
 * How many pollers a mapping has, and what the next decision goes by.
 *
 * @param pollers that are to run
 * @param lag     at the last decision; -1: there was none
 * @param quiet   decisions in a row that found them idle
 * @param held    decisions for which none is added, after a throttle
 */
public record Scale(int pollers, long lag, int quiet, int held) {
    static final long UNKNOWN = -1;

    /** With nothing known but the number of pollers. */
    public static Scale of(int pollers) {
        return new Scale(pollers, UNKNOWN, 0, 0);
    }
}
