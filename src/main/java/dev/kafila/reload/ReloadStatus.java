package dev.kafila.reload;

import java.time.Instant;

/**
 * How the last edit went.
 *
 * @param state   what runs now
 * @param message null while nothing is wrong
 * @param since   when it came to this
 */
record ReloadStatus(State state, String message, Instant since) {
    enum State {
        /** What the files say. */
        CURRENT,
        /** What the files said before the last edit. */
        REFUSED,
        /** Not even that: the last good version could not be put back. */
        BROKEN
    }
}
