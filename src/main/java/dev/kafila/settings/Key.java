package dev.kafila.settings;

/**
 * A setting that there is.
 *
 * @param name         whole, e.g. {@code kafila.lambda.batch-size}; one that ends with {@code .*} stands for all names that begin so
 * @param type         what its value is
 * @param defaultValue "" when it is unset unless somebody sets it
 * @param meaning      a sentence or less, for the README
 * @param secret       its value never appears anywhere
 */
record Key(String name, ValueType<?> type, String defaultValue, String meaning, boolean secret) {

    static Key of(String name, ValueType<?> type, String defaultValue, String meaning) {
        return new Key(name, type, defaultValue, meaning, false);
    }

    /** Of the topic that the setting before names; the broker knows the real limits. */
    static Key ofTopicSize(String name, String of, int most) {
        return of(
                name,
                Types.integer(1, most),
                "",
                "Its " + of + " if it has to be created; unset: the broker's default");
    }

    Key asSecret() {
        return new Key(name, type, defaultValue, meaning, true);
    }

    boolean isFamily() {
        return name.endsWith(".*");
    }

    /** What the names of a family begin with, the dot included. */
    String prefix() {
        return name.substring(0, name.length() - 1);
    }

    boolean covers(String other) {
        return isFamily() ? other.startsWith(prefix()) && other.length() > prefix().length() : other.equals(name);
    }
}
