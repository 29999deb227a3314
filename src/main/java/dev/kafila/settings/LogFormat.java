package dev.kafila.settings;

import java.util.Locale;

/** How a line of the log looks. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** One object a line. */
    JSON;

    static LogFormat of(Values values) {
        return valueOf(values.text("kafila.log-format").toUpperCase(Locale.ROOT));
    }
}
