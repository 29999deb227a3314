package dev.kafila.lambda;

/** No function takes the records of a topic; the message says why and what to do. */
final class NoFunctionException extends RuntimeException {
    NoFunctionException(String message) {
        super(message);
    }
}
