package dev.kafila.schema;

import dev.kafila.aws.AwsSettings;
import java.io.Closeable;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.Converter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what was written in one format with a schema registry: with Confluent's, or one that speaks like it, or with AWS Glue's; the first
 * byte of a record tells which. Throws {@link DataException} for what is the record's fault, and {@link RetriableException} when a registry
 * does not say what the record's schema is. Thread-safe.
 */
final class SchemaConverter implements Converter, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaConverter.class);

    private final DataFormat format;
    private final AwsSettings aws;
    private RegistryReader reader;

    SchemaConverter(DataFormat format, AwsSettings aws) {
        this.format = format;
        this.aws = aws;
    }

    /** Throws {@link IllegalArgumentException} with the name of an option that is not right. */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        ConverterOptions options = new ConverterOptions(configs);
        List<String> unknown = OptionNames.unknown(options.all().keySet());
        if (!unknown.isEmpty()) {
            LOG.warn("The converter for {} does not know {}, and goes on without", format, unknown);
        }
        reader = new RegistryReader(List.of(format), options, isKey, aws);
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] value) {
        if (value == null) {
            return SchemaAndValue.NULL;
        }
        return reader.read(topic, value, Frame.of(value)).data();
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
