package dev.kafila.reload;

/**
 * A file of routes, or a kamelet, as it was read: what is checked is what is loaded, whatever happens to the file meanwhile.
 *
 * @param location where it was read, for messages: {@code file:/…} or {@code classpath:…}
 * @param text     its content
 */
record FlowFile(String location, String text) {}
