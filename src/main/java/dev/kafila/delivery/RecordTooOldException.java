package dev.kafila.delivery;

import java.time.Duration;

/** A record was older than it may be when its turn came. */
public final class RecordTooOldException extends RuntimeException {
    /** What its failure is called, in logs and dead letters. */
    public static final String CODE = "record-age";

    /** Names the greatest age. */
    public RecordTooOldException(Duration most) {
        super("The record is older than " + most, null, false, false);
    }
}
