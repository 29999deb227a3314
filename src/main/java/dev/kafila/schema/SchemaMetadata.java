package dev.kafila.schema;

import org.apache.kafka.connect.data.SchemaAndValue;

/**
 * Which schema a key or value was written with.
 *
 * @param dataFormat of the schema
 * @param schemaId   of the registry: a number of Confluent's, a UUID of Glue's
 */
public record SchemaMetadata(DataFormat dataFormat, String schemaId) {

    /**
     * What the record that was read says, or else its bytes, without asking the registry.
     *
     * @param read      as it was decoded and perhaps transformed
     * @param raw       as they came from the broker; may be null
     * @param converter as the setting names it
     * @return null if the converter reads no schemas of a registry, or the bytes name none
     */
    public static SchemaMetadata of(SchemaAndValue read, byte[] raw, String converter) {
        return read instanceof RegistryData data ? data.metadata() : of(raw, converter);
    }

    static SchemaMetadata of(byte[] raw, String converter) {
        DataFormat dataFormat = DataFormat.ofConverter(converter);
        Frame frame = dataFormat == null || raw == null ? null : Frame.find(raw);
        return frame == null ? null : new SchemaMetadata(dataFormat, frame.schemaId());
    }
}
