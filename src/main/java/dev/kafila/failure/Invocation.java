package dev.kafila.failure;

/**
 * The answer to one request that held a record, as far as it is told of later.
 *
 * @param requestId       AWS's own; empty if it named none
 * @param status          HTTP status
 * @param executedVersion of the function; empty if none ran
 * @param functionError   {@code Handled} or {@code Unhandled}; empty if the function did not fail
 */
public record Invocation(String requestId, int status, String executedVersion, String functionError) {}
