package dev.kafila.delivery;

import java.time.Duration;

/** A record was older than it may be when its turn came. */
public final class RecordTooOldException extends RuntimeException {

    /** Names the greatest age. */
    public RecordTooOldException(Duration most) {
        super("The record is older than " + most, null, false, false);
    }
}
