package dev.kafila;

/** No route is on: neither settings nor files name one. */
final class NothingToRunException extends Exception {
    NothingToRunException(String message) {
        super(message);
    }
}
