package dev.kafila.schema;

import dev.kafila.aws.AwsSettings;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;

/** Reads framed records with the schemas that registries have for them, each of which it asks for once. Thread-safe. */
final class RegistryReader implements AutoCloseable {
    /** Schemas that are kept, each with what it takes to read its payloads. */
    private static final int SCHEMAS = 1_000;

    private final boolean ofKeys;
    private final Registries registries;
    private final Map<DataFormat, Function<RegisteredSchema, PayloadReader>> factories =
            new EnumMap<>(DataFormat.class);
    private final OnceCache<Key, Schema> schemas = new OnceCache<>(SCHEMAS);

    /** One topic's use of a schema: under another subject it may be another version. */
    private record Key(String schemaId, String topic) {}

    private record Schema(DataFormat format, PayloadReader reader) {}

    /** A record that was read. */
    record Reading(DataFormat format, Payload payload, SchemaAndValue data) {}

    /**
     * Makes a reader of what is written in these formats.
     *
     * @throws IllegalArgumentException with the name of an option that is not right
     */
    RegistryReader(Collection<DataFormat> formats, ConverterOptions options, boolean ofKeys, AwsSettings aws) {
        this.ofKeys = ofKeys;
        formats.forEach(format -> factories.put(format, PayloadReaders.of(format, options)));
        registries = Registries.of(options, aws);
    }

    /**
     * Reads a record.
     *
     * @throws DataException      if that is the record's fault
     * @throws RetriableException if a registry does not say what its schema is
     */
    Reading read(String topic, byte[] record, Frame frame) {
        try {
            Schema schema = schemas.get(new Key(frame.schemaId(), topic), () -> load(frame, topic));
            Payload payload = Payload.of(record, frame);
            return new Reading(schema.format(), payload, schema.reader().read(payload));
        } catch (DataException | RetriableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new DataException("The payload is none of its schema, " + frame.schemaId(), e);
        } catch (StackOverflowError e) {
            throw new DataException("The payload of schema " + frame.schemaId() + " is nested too deeply", e);
        }
    }

    private Schema load(Frame frame, String topic) {
        RegisteredSchema schema = registries.find(frame, topic, ofKeys);
        Function<RegisteredSchema, PayloadReader> factory = factories.get(schema.format());
        if (factory == null) {
            throw new DataException("The " + schema.name() + " is of " + schema.format() + " and not of "
                    + factories.keySet() + ": another converter reads it");
        }
        try {
            return new Schema(schema.format(), factory.apply(schema));
        } catch (DataException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new DataException(
                    "The " + schema.name() + " is no schema of " + schema.format() + " that can be read", e);
        }
    }

    @Override
    public void close() {
        registries.close();
    }
}
