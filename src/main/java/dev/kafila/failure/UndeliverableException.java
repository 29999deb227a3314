package dev.kafila.failure;

import java.util.List;

/** Everything of a batch is done but for records that are to be dead-lettered; they are in its {@link Pending} value. */
public final class UndeliverableException extends RuntimeException {

    public UndeliverableException(String batch, List<FailedRecord> failed) {
        super(failed.size() + " records of " + batch + " cannot be delivered: "
                + failed.get(0).failure().summary());
    }
}
