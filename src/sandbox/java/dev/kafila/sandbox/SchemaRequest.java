package dev.kafila.sandbox;

import java.time.Instant;

/**
 * A request to Glue's schema registry.
 *
 * @param operation      as {@code GetSchemaVersion}
 * @param subject        what was asked for: the id of a version, or the name of a schema
 * @param signedBy       access key id of the signature; null without one
 */
public record SchemaRequest(String operation, String subject, String signedBy, Instant at) {}
