package dev.kafila.schema;

/**
 * The version of a schema that new records are written with.
 *
 * @param frame names that version before a payload; null: nothing does
 */
public record LatestSchema(RegisteredSchema schema, Frame frame) {}
