package dev.kafila.settings;

import java.util.regex.Pattern;

/**
 * A setting that there is.
 *
 * @param name         whole, e.g. {@code kafila.lambda.batch-size}; one that ends with {@code .*} stands for all names that begin so
 * @param type         what its value is
 * @param defaultValue "" when it is unset unless somebody sets it
 * @param meaning      a sentence or less, for the README
 * @param unbuilt      values that are refused, because nothing acts on them yet; the default never is
 * @param secret       its value never appears anywhere
 */
record Key(String name, ValueType<?> type, String defaultValue, String meaning, Pattern unbuilt, boolean secret) {

    private static final Pattern NONE = Pattern.compile("(?!)");
    private static final Pattern ALL = Pattern.compile("(?s).*");

    static Key of(String name, ValueType<?> type, String defaultValue, String meaning) {
        return new Key(name, type, defaultValue, meaning, NONE, false);
    }

    Key asSecret() {
        return new Key(name, type, defaultValue, meaning, unbuilt, true);
    }

    /** Known, so that nobody is told that it is a typing error; refused until something acts on it. */
    Key asUnbuilt() {
        return new Key(name, type, defaultValue, meaning, ALL, secret);
    }

    Key withUnbuilt(String values) {
        return new Key(name, type, defaultValue, meaning, Pattern.compile(values), secret);
    }

    /** Whether any value but the default does something. */
    boolean isBuilt() {
        return unbuilt != ALL;
    }

    boolean isBuilt(String value) {
        return value.equals(defaultValue) || !unbuilt.matcher(value).matches();
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
