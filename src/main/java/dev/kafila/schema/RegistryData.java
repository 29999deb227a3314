package dev.kafila.schema;

import org.apache.kafka.connect.data.SchemaAndValue;

/** What was read with a registry of which only the record tells what it keeps: with the schema's place there, and what an event carries. */
public final class RegistryData extends SchemaAndValue {
    private final SchemaMetadata metadata;
    private final byte[] bytes;

    RegistryData(SchemaAndValue read, SchemaMetadata metadata, byte[] bytes) {
        super(read.schema(), read.value());
        this.metadata = metadata;
        this.bytes = bytes;
    }

    /** Which schema it was written with. */
    public SchemaMetadata metadata() {
        return metadata;
    }

    /** What stands for the data where bytes are carried; null: its JSON. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && other instanceof RegistryData that && metadata.equals(that.metadata);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + metadata.hashCode();
    }
}
