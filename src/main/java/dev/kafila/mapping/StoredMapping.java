package dev.kafila.mapping;

/**
 * A mapping and what became of it.
 *
 * @param status null until an instance has seen the mapping and told of it
 */
public record StoredMapping(Mapping mapping, MappingStatus status) {}
