package dev.kafila.filter;

/** What a record's value is to a pattern. */
enum ValueKind {
    /** An object or an array. */
    JSON,
    /** A text, or another single value, null included. */
    PLAIN,
    /** Bytes that are no text. */
    OTHER
}
