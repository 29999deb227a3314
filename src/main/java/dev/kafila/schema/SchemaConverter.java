package dev.kafila.schema;

import dev.kafila.aws.AwsSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.Converter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what was written with a schema registry: with Confluent's, or one that speaks like it, or with AWS Glue's; the first byte of a
 * record tells which. Throws {@link DataException} for what is the record's fault, and {@link RetriableException} when a registry does not
 * say what the record's schema is. Thread-safe.
 */
final class SchemaConverter implements Converter, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaConverter.class);

    /** Schemas that are kept, each with what it takes to read its payloads. */
    private static final int SCHEMAS = 1_000;

    private final DataFormat format;
    private final AwsSettings aws;
    private final OnceCache<Key, PayloadReader> readers = new OnceCache<>(SCHEMAS);
    private Registries registries;
    private Function<RegisteredSchema, PayloadReader> readerFactory;
    private boolean ofKeys;

    /** One topic's use of a schema: under another subject it may be another version. */
    private record Key(String schemaId, String topic) {}

    SchemaConverter(DataFormat format, AwsSettings aws) {
        this.format = format;
        this.aws = aws;
    }

    /** Throws {@link IllegalArgumentException} with the name of an option that is not right. */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        ConverterOptions options = new ConverterOptions(configs);
        ofKeys = isKey;
        List<String> unknown = OptionNames.unknown(options.all().keySet());
        if (!unknown.isEmpty()) {
            LOG.warn("The converter for {} does not know {}, and goes on without", format, unknown);
        }
        registries = Registries.of(options, aws);
        readerFactory = PayloadReaders.of(format, options);
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] value) {
        if (value == null) {
            return SchemaAndValue.NULL;
        }
        Frame frame = Frame.of(value);
        try {
            PayloadReader reader = readers.get(new Key(frame.schemaId(), topic), () -> load(frame, topic));
            return reader.read(Payload.of(value, frame));
        } catch (DataException | RetriableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new DataException("The payload is none of its schema, " + frame.schemaId(), e);
        } catch (StackOverflowError e) {
            throw new DataException("The payload of schema " + frame.schemaId() + " is nested too deeply", e);
        }
    }

    private PayloadReader load(Frame frame, String topic) {
        RegisteredSchema schema = registries.find(frame, topic, ofKeys);
        if (schema.format() != format) {
            throw new DataException("The " + schema.name() + " is of " + schema.format() + " and not of " + format
                    + ": another converter reads it");
        }
        try {
            return readerFactory.apply(schema);
        } catch (DataException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new DataException("The " + schema.name() + " is no schema of " + format + " that can be read", e);
        }
    }

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
        throw new DataException("The converters of schema registries only read");
    }

    @Override
    public void close() {
        if (registries != null) {
            registries.close();
        }
    }
}
