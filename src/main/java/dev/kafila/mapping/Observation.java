package dev.kafila.mapping;

/**
 * What one instance sees of a mapping.
 *
 * @param uuid       of the mapping
 * @param version    of the mapping that the pollers run
 * @param pollers    that run; 0 while they start, and once they have ended
 * @param partitions of the topic; 0 if nobody knows
 * @param lag        records that are behind the pollers of this instance
 * @param busy       part of the time, 0 to 1, in which its pollers had all the calls out that they may have
 * @param throttled  whether Lambda has refused calls for being too many, since it was looked at last
 * @param reason     AWS's {@code StateTransitionReason} for what keeps it from running; null if nothing does
 * @param lastResult AWS's {@code LastProcessingResult}; null if nothing was processed yet
 */
public record Observation(
        String uuid,
        long version,
        int pollers,
        int partitions,
        long lag,
        double busy,
        boolean throttled,
        String reason,
        String lastResult) {}
