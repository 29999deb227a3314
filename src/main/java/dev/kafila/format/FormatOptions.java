package dev.kafila.format;

/**
 * What a format can be told.
 *
 * @param batch            whether a payload holds an array of records, or one record and no array
 * @param includeHeaders   whether {@code plain} and {@code json} carry headers
 * @param keySchema        how much of a key's schema {@code json} carries
 * @param valueSchema      how much of a value's schema {@code json} carries
 * @param bootstrapServers brokers as {@code esm} names them
 * @param eventSourceArn   ARN of an MSK cluster for {@code esm}; empty for a self-managed one
 * @param input            how records are read before they are formatted
 */
public record FormatOptions(
        boolean batch,
        boolean includeHeaders,
        SchemaVisibility keySchema,
        SchemaVisibility valueSchema,
        String bootstrapServers,
        String eventSourceArn,
        Input input) {

    /** The same for records that are written as they came. */
    public FormatOptions undecoded() {
        Input bytes = new Input(input.keyConverter(), input.valueConverter(), false);
        return new FormatOptions(
                batch, includeHeaders, keySchema, valueSchema, bootstrapServers, eventSourceArn, bytes);
    }

    /**
     * How records are read.
     *
     * @param keyConverter   a short name or a class, as the setting has it
     * @param valueConverter a short name or a class, as the setting has it
     * @param decoded        whether {@code esm} carries keys and values as they were decoded and transformed, instead of the source's bytes
     */
    public record Input(String keyConverter, String valueConverter, boolean decoded) {}
}
