package dev.kafila.delivery;

import dev.kafila.batch.Outcomes;
import dev.kafila.failure.FailedRecord;
import dev.kafila.failure.Pending;
import java.util.List;

/** Lets records count that a sink has given up. */
@FunctionalInterface
public interface Accounts {
    /** They count at once. */
    Accounts AT_ONCE = (pending, failed, each) -> {
        Pending counted = pending;
        for (int i = 0; i < failed.size(); i++) {
            counted = counted.plus(each);
        }
        return counted;
    };

    /**
     * Counts them.
     *
     * @param each how one of the records counts now
     */
    Pending givenUp(Pending pending, List<FailedRecord> failed, Outcomes each);
}
