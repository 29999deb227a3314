package dev.kafila.sandbox;

/** What runs the sandbox's one broker. */
interface Node {

    /** Does nothing when it is stopped. */
    void stop();

    /** Starts it again with the same data, stopping it first if need be, and returns when it serves. */
    void restart();
}
