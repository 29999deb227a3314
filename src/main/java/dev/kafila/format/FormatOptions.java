package dev.kafila.format;

/**
 * What a format can be told.
 *
 * @param batch            whether a payload holds an array of records, or one record and no array
 * @param includeHeaders   whether {@code plain} carries headers
 * @param bootstrapServers brokers as {@code esm} names them
 * @param eventSourceArn   ARN of an MSK cluster for {@code esm}; empty for a self-managed one
 * @param decoded          whether {@code esm} carries keys and values as they were decoded and transformed, instead of the source's bytes
 */
public record FormatOptions(
        boolean batch, boolean includeHeaders, String bootstrapServers, String eventSourceArn, boolean decoded) {}
