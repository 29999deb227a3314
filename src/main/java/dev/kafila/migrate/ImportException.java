package dev.kafila.migrate;

/** A configuration cannot be imported; the message is one line that says what is wrong and what would be right, and holds no secret. */
final class ImportException extends RuntimeException {

    ImportException(String message) {
        super(message);
    }
}
