package dev.kafila.migrate;

/** What is said in the report about a property, or about how something behaves. */
record Note(Outcome outcome, String about, String text) {
    /** What has become of it. */
    enum Outcome {
        MAPPED,
        UNDECIDED,
        NEEDLESS,
        CHANGED
    }
}
