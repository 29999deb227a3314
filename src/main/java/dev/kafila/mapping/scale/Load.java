package dev.kafila.mapping.scale;

/**
 * What all pollers of a mapping see, since it was looked at last.
 *
 * @param lag        records behind all of them
 * @param busy       part of the time, 0 to 1, in which they had all the calls out that they may have
 * @param throttled  whether Lambda has refused calls for being too many
 * @param partitions of the topic; 0 if nobody knows
 */
public record Load(long lag, double busy, boolean throttled, int partitions) {
    /** Before anything was seen. */
    public static final Load UNKNOWN = new Load(0, 0, false, 0);
}
