package dev.kafila.schema;

import dev.kafila.aws.AwsSettings;
import java.io.Closeable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;

/**
 * Reads what was written with one registry, in whatever format that says, as event source mappings do: every record has to be of that
 * registry and of its schema. Makes {@link RegistryData}. Thread-safe.
 */
final class RegistryConverter implements Converter, Closeable {
    private final Class<? extends Frame> frames;
    private final AwsSettings aws;
    private RegistryReader reader;
    private boolean source;

    /** @param frames that the registry's serializers write */
    RegistryConverter(Class<? extends Frame> frames, AwsSettings aws) {
        this.frames = frames;
        this.aws = aws;
    }

    /** Throws {@link IllegalArgumentException} with the name of an option that is not right. */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        Map<String, Object> checked = new HashMap<>(configs);
        checked.put(PayloadReaders.CHECKED, "true");
        ConverterOptions options = new ConverterOptions(checked);
        source = options.oneOf(SchemaConverters.EVENT_RECORD_FORMAT, "JSON", "SOURCE")
                .equals("SOURCE");
        reader = new RegistryReader(List.of(DataFormat.values()), options, isKey, aws);
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] value) {
        if (value == null) {
            return SchemaAndValue.NULL;
        }
        Frame frame = Frame.of(value);
        if (!frames.isInstance(frame)) {
            // Whoever writes records must not choose whom we ask with our credentials.
            throw new DataException("The record was written with another kind of registry, schema " + frame.schemaId());
        }
        RegistryReader.Reading read = reader.read(topic, value, frame);
        // What is JSON already is carried as it was written.
        boolean asWritten = source || read.format() == DataFormat.JSON;
        return new RegistryData(
                read.data(),
                new SchemaMetadata(read.format(), frame.schemaId()),
                asWritten ? read.payload().copy() : null);
    }

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
        throw new DataException("The converters of schema registries only read");
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
