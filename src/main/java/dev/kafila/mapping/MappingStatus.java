package dev.kafila.mapping;

/**
 * What became of a mapping, over all instances.
 *
 * @param version    of the mapping that this is about
 * @param state      as AWS names it, such as {@code Enabled}
 * @param reason     AWS's {@code StateTransitionReason}
 * @param lastResult AWS's {@code LastProcessingResult}
 * @param pollers    that are to run
 */
public record MappingStatus(long version, String state, String reason, String lastResult, int pollers) {
    /** The state of a deleted mapping that runs nowhere any more: no client sees it. */
    public static final String GONE = "Deleted";
}
