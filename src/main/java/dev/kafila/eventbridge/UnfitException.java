package dev.kafila.eventbridge;

/** A record says what no entry can. The message does not hold it. */
final class UnfitException extends RuntimeException {
    UnfitException(String message) {
        super(message);
    }
}
