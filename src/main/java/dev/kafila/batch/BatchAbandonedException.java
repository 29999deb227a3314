package dev.kafila.batch;

/** A batch was given up because its lease ended: not settled, not committed, not dead-lettered; its next owner delivers it. */
public final class BatchAbandonedException extends RuntimeException {
    public BatchAbandonedException(String coordinates) {
        super("Abandoned " + coordinates + ": its partition was taken away or the consumer stops", null, false, false);
    }
}
