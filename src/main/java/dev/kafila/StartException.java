package dev.kafila;

/** The application did not start; the message is one line for who wrote the routes, with file and line where they are known. */
final class StartException extends Exception {
    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
