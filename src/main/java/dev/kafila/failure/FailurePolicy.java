package dev.kafila.failure;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What happens to records whose attempts are used up. */
public enum FailurePolicy {
    STOP_PARTITION,
    STOP,
    DROP,
    DEAD_LETTER,
    RETRY;

    /** Reads {@code stop-partition} and its like; {@code key} names the setting in the refusal. */
    public static FailurePolicy parse(String key, String text) {
        return Arrays.stream(values())
                .filter(policy -> policy.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(key + ": '" + text + "' is not one of "
                        + Arrays.stream(values()).map(FailurePolicy::text).collect(Collectors.joining(", "))));
    }

    /** Whether the records behind a failed one go on without it. */
    public boolean goesOn() {
        return this == DROP || this == DEAD_LETTER;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
