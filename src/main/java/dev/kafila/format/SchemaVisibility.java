package dev.kafila.format;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How much of a schema the form {@code json} carries. */
public enum SchemaVisibility {
    /** Neither name nor version. */
    NONE,
    /** Name and version. */
    MIN,
    /** Name and version, and the whole schema around the data. */
    ALL;

    /** Reads {@code none} and its like; {@code key} names the setting in the refusal. */
    public static SchemaVisibility parse(String key, String text) {
        return Arrays.stream(values())
                .filter(visibility -> visibility.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(key + ": '" + text + "' is not one of "
                        + Arrays.stream(values()).map(SchemaVisibility::text).collect(Collectors.joining(", "))));
    }

    private String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
