package dev.kafila.mapping.destination;

/**
 * What records of failed invocations say about the mapping that made them.
 *
 * @param uuid             of the mapping
 * @param functionArn      as the mapping names it
 * @param eventSourceArn   of an MSK cluster; null for a cluster that somebody else manages
 * @param bootstrapServers with commas between them
 */
public record Origin(String uuid, String functionArn, String eventSourceArn, String bootstrapServers) {}
