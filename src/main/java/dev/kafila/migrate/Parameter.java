package dev.kafila.migrate;

/**
 * A parameter of a kamelet.
 *
 * @param text   as it is written, a placeholder or a value
 * @param origin the properties that it comes from, or why it is there
 */
record Parameter(String text, String origin) {
    boolean isOpen() {
        return text.contains("{{");
    }
}
