package dev.kafila.batch;

import java.time.Duration;
import java.util.List;

/** How many members of the group a consumer runs, and how they are; every {@code kafka-batch} consumer is one. */
public interface MemberControl {

    /** The members that run now, those that still join or drain included. */
    List<MemberState> members();

    /**
     * Starts or ends members until that many are to run, and returns at once. The others go on; one that ends lets calls that are out
     * finish and commits what settled, as on a stop.
     *
     * @param number 0 ends all
     */
    void setMembers(int number);

    /** Waits until no member runs more than are to; returns false if the time is up before. */
    boolean awaitEnded(Duration longest) throws InterruptedException;
}
