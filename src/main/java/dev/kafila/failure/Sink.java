package dev.kafila.failure;

/**
 * Where records were to be delivered.
 *
 * @param id     tells this sink from others of the same process
 * @param route  name of the flow; empty: unknown
 * @param target function or bus
 */
public record Sink(String id, String route, String target) {}
