package dev.kafila.migrate;

/**
 * Something to fill in.
 *
 * @param key      the property to set; null: the variable alone
 * @param variable the environment variable to set instead
 * @param was      what the connector has there
 * @param form     what would be right; "" where any text is
 */
record Unfilled(String key, String variable, Property was, String form) {}
