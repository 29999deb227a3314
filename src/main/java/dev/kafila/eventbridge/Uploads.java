package dev.kafila.eventbridge;

/** Where parts of entries go that are offloaded. Thread-safe. */
interface Uploads {

    /** Returns when the object is written; throws what the client of S3 throws if it is not. */
    void put(Upload upload);

    /** What is written to, for messages. */
    String bucket();
}
