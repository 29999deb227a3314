package dev.kafila.settings;

import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong, so that somebody who corrects it does so once. */
final class Problems {

    private final List<String> lines = new ArrayList<>();

    /** @param text what is wrong and what would be right; never a secret */
    void add(Setting setting, String text) {
        lines.add(setting + ": " + text);
    }

    /** A problem of something that nobody set. */
    void add(String name, String text) {
        lines.add(name + ": " + text);
    }

    void throwIfAny() {
        if (!lines.isEmpty()) {
            throw new SettingsException(lines, null);
        }
    }
}
