package dev.kafila.settings;

import java.util.List;

/** The process cannot start with these settings. The message lists everything that is wrong with them, and holds no secret. */
public final class SettingsException extends RuntimeException {

    private final List<String> problems;

    SettingsException(List<String> problems, Throwable cause) {
        super(message(problems), cause);
        this.problems = List.copyOf(problems);
    }

    /** One line each: the setting, where it was set, and what would be right. */
    public List<String> problems() {
        return problems;
    }

    private static String message(List<String> problems) {
        String head = problems.size() == 1 ? "1 setting is wrong" : problems.size() + " settings are wrong";
        return head + ":\n  " + String.join("\n  ", problems);
    }
}
