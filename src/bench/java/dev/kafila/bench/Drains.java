package dev.kafila.bench;

import java.nio.file.Path;

/** Backlogs of a topic, drained by the packaged jar as a process of its own. */
final class Drains {
    private Drains() {}

    /**
     * Returns its part of the report, in Markdown.
     *
     * @param directory of the report, where pictures go
     * @param quick     a few minutes instead of all
     */
    static String run(Path directory, boolean quick) {
        return "";
    }
}
