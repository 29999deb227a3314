package dev.kafila.migrate;

import static dev.kafila.migrate.Mapping.converted;
import static dev.kafila.migrate.Mapping.special;

/** Retries that are counted without the first attempt and come after a delay that does not grow. */
final class Retries {
    /** Of {@code retry-delay-max}, in milliseconds. */
    private static final int LONGEST = 60_000;

    private Retries() {}

    static Mapping count(String theirs, String defaultValue, Target target) {
        return converted(
                theirs,
                defaultValue,
                target.setting("max-attempts"),
                "one more: the first request is an attempt, too",
                value -> Integer.toString(Mapping.number(value) + 1));
    }

    static Mapping delay(String theirs, String defaultValue, Target target) {
        return special(
                theirs,
                defaultValue,
                target.setting("retry-delay"),
                "with `retry-backoff=1`, as the delays do not grow",
                Retries::constant);
    }

    private static void constant(Property property, Draft draft) {
        String setting = draft.target().setting("retry-delay");
        if (property.isOpen()) {
            draft.open(setting, property);
            return;
        }
        String delay = Mapping.duration(property.value());
        draft.set(setting, delay, property);
        draft.implied(draft.target().setting("retry-backoff"), "1", "delays do not grow");
        if (Mapping.number(property.value()) > LONGEST) {
            draft.implied(draft.target().setting("retry-delay-max"), delay, property.name());
        }
    }
}
