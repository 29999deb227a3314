package dev.kafila.migrate;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What becomes of one property of a connector.
 *
 * @param theirs       its name; one that ends with {@code .*} stands for all names that begin so
 * @param defaultValue what holds where it is not set and we would do something else; null: leaving it out is the same here
 * @param ours         for readers: the settings that it becomes; "" where it becomes none
 * @param note         for readers: what becomes of values, or why it has no counterpart; may be ""
 * @param rule         puts it into a draft
 */
record Mapping(String theirs, String defaultValue, String ours, String note, Rule rule) {
    /** Puts a property into the draft, or says there why it cannot. */
    @FunctionalInterface
    interface Rule {
        void apply(Property property, Draft draft);
    }

    /** The same value under another name. */
    static Mapping same(String theirs, String setting) {
        return converted(theirs, null, setting, "", UnaryOperator.identity());
    }

    /** @param conversion throws {@link ImportException} with what would be right */
    static Mapping converted(
            String theirs, String defaultValue, String setting, String note, UnaryOperator<String> conversion) {
        Rule rule = (property, draft) -> {
            if (property.isOpen()) {
                draft.open(setting, property);
            } else {
                draft.set(setting, conversion.apply(property.value()), property);
            }
        };
        return new Mapping(theirs, defaultValue, setting, note, rule);
    }

    /** A word of theirs is a word of ours; upper and lower case are the same. */
    static Mapping choice(String theirs, String defaultValue, String setting, String note, Map<String, String> words) {
        return converted(theirs, defaultValue, setting, note, value -> word(value, words));
    }

    /** A duration in milliseconds. */
    static Mapping millis(String theirs, String defaultValue, String setting, String note) {
        return converted(theirs, defaultValue, setting, note, Mapping::duration);
    }

    /** A secret: it is not written down, and has to be filled in. */
    static Mapping secret(String theirs, String setting) {
        return new Mapping(
                theirs, null, setting, "a placeholder", (property, draft) -> draft.open(setting, property.asSecret()));
    }

    Mapping withDefault(String value) {
        return new Mapping(theirs, value, ours, note, rule);
    }

    /** A family that is passed on under another prefix of settings, both with their dot. */
    static Mapping passed(String theirs, String ours, String note) {
        return new Mapping(
                theirs + "*",
                null,
                ours + "*",
                note,
                (property, draft) ->
                        draft.pass(Parameters.suffix(ours) + property.name().substring(theirs.length()), property));
    }

    static Mapping special(String theirs, String defaultValue, String ours, String note, Rule rule) {
        return new Mapping(theirs, defaultValue, ours, note, rule);
    }

    /** Nothing is lost without it. */
    static Mapping needless(String theirs, String why) {
        return new Mapping(theirs, null, "", why, (property, draft) -> draft.needless(property, why));
    }

    /** It does something that nothing here does. */
    static Mapping lost(String theirs, String why) {
        return new Mapping(theirs, null, "", why, (property, draft) -> draft.lost(property, why));
    }

    boolean covers(String name) {
        return isFamily()
                ? name.length() > theirs.length() - 1 && name.startsWith(theirs.substring(0, theirs.length() - 1))
                : name.equals(theirs);
    }

    boolean isFamily() {
        return theirs.endsWith(".*");
    }

    static int number(String value) {
        if (!value.matches("-?\\d{1,9}")) {
            throw new ImportException("must be a whole number, not \"" + value + '"');
        }
        return Integer.parseInt(value);
    }

    static String duration(String millis) {
        int number = number(millis);
        return number != 0 && number % 1000 == 0 ? number / 1000 + "s" : number + "ms";
    }

    private static String word(String value, Map<String, String> words) {
        return words.entrySet().stream()
                .filter(word -> word.getKey().equalsIgnoreCase(value))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new ImportException("must be "
                        + words.keySet().stream()
                                .sorted()
                                .reduce((a, b) -> a + " or " + b)
                                .orElseThrow()
                        + ", not \"" + value + '"'));
    }
}
