package dev.kafila.batch;

/**
 * How a member of the group is.
 *
 * @param joined     whether it is in the group
 * @param silent     whether no broker, or no coordinator of the group, answers it
 * @param failure    why it could not go on last; null if it never failed, or has joined the group since
 * @param partitions of its topics; 0 if there is no such topic, {@link #UNKNOWN} if nobody has looked yet
 * @param lag        records that wait behind what is settled, of the partitions that it has
 * @param busy       part of the time since this was asked last, 0 to 1, in which it had all the calls out that it may have
 */
public record MemberState(boolean joined, boolean silent, Throwable failure, int partitions, long lag, double busy) {
    public static final int UNKNOWN = -1;
}
