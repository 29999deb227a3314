package dev.kafila.faults.proof;

/** What is to become of a record. */
enum Kind {
    /** Delivered. */
    GOOD,
    /** No attempt can deliver it: dead-lettered. */
    POISON,
    /** Larger than a request: dead-lettered. */
    OVERSIZE
}
