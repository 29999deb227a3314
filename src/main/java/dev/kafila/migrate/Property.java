package dev.kafila.migrate;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A property of a connector.
 *
 * @param value  what is set, or the default
 * @param given  whether it is set
 * @param secret whether it is known to be a secret; others may look like one
 */
record Property(String name, String value, boolean given, boolean secret) {
    /** As in {@code (?<name>...)} and {@code \k<name>} of a pattern, angle brackets are not always a placeholder's. */
    private static final Pattern OPEN = Pattern.compile("(?<!\\(\\?|\\\\k)<\\s*[A-Za-z][^<>]*>|\\{[A-Z][A-Z0-9_]+}"
            + "|\\$[A-Z_][A-Z0-9_]*\\b|\\$\\{[A-Z_][A-Z0-9_]*}|\\bYOUR[ _][A-Z_ ]+");

    /** https://kafka.apache.org/39/documentation.html#config_providers */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}:]+:[^}]*}");

    private static final Pattern ENVIRONMENT = Pattern.compile("\\$\\{env:(?:[^}:]*:)?([A-Za-z_]\\w*)}");

    Property(String name, String value, boolean given) {
        this(name, value, given, false);
    }

    /** Its name, and whether it is the default that is taken. */
    String origin() {
        return given ? name : name + " at its default";
    }

    Property asSecret() {
        return new Property(name, value, given, true);
    }

    /** Whether somebody has yet to say the value. */
    boolean isOpen() {
        return OPEN.matcher(value).find() || refers();
    }

    /** Whether a configuration provider of the worker puts something in. */
    boolean refers() {
        return REFERENCE.matcher(value).find();
    }

    boolean isSecret() {
        return secret || Secrets.isSecret(name, value);
    }

    /** The environment variable that it is as a whole. */
    Optional<String> variable() {
        return Optional.of(ENVIRONMENT.matcher(value))
                .filter(found -> found.matches())
                .map(found -> found.group(1));
    }

    /** The value for a report; of a secret only where it comes from. */
    String shown() {
        return isSecret() && !REFERENCE.matcher(value).matches() ? "(a secret)" : value;
    }

    /** Names no value: it may be a secret. */
    @Override
    public String toString() {
        return name;
    }
}
