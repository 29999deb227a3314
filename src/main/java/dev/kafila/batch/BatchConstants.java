package dev.kafila.batch;

/** Names of what a {@code kafka-batch} consumer puts on an exchange, besides camel-kafka's topic and partition headers. */
public final class BatchConstants {
    /** Header: the offset of the batch's first record, a {@code Long}. */
    public static final String FIRST_OFFSET = "kafka.FIRST_OFFSET";

    /** Header: the offset of the batch's last record, a {@code Long}. */
    public static final String LAST_OFFSET = "kafka.LAST_OFFSET";

    /** Exchange property: the {@link BatchLease} under which the batch may be delivered. */
    public static final String LEASE = "kafilaLease";

    /** Exchange property: which of this process's members of the group has the batch, an {@code Integer} from 0. */
    public static final String MEMBER = "kafilaMember";

    /** Exchange property that a route sets: the {@link Outcomes} of the batch. */
    public static final String OUTCOMES = "kafilaOutcomes";

    /**
     * Exchange property that a route may set: an immutable value of what is still to be delivered. After a failure the
     * consumer keeps it and hands it back with the same batch, so that what succeeded is not delivered again.
     */
    public static final String PENDING = "kafilaPending";

    private BatchConstants() {}
}
