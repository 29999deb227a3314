package dev.kafila.faults.proof;

/** What a request to AWS did with one of its records. */
enum Fate {
    /** Taken, and the answer said so. */
    TAKEN,
    /** Taken, but no answer said so: it hung, broke off or was cut short. Whoever sent it may send it again. */
    UNKNOWN,
    REFUSED
}
