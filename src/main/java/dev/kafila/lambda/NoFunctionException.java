package dev.kafila.lambda;

/** No function takes the records of a topic; the message says why and what to do. */
final class NoFunctionException extends IllegalArgumentException {
    NoFunctionException(String message) {
        super(message);
    }
}
