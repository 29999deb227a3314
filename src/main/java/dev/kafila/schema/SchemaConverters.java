package dev.kafila.schema;

import dev.kafila.aws.AwsSettings;
import dev.kafila.record.ConverterFactory;
import org.apache.kafka.connect.storage.Converter;

/** Makes the converters {@code avro}, {@code protobuf} and {@code json-schema}, also for the class names of those they stand in for. */
public final class SchemaConverters implements ConverterFactory {

    @Override
    public Converter create(String name, AwsSettings aws) {
        DataFormat format = DataFormat.ofConverter(name);
        return format == null ? null : new SchemaConverter(format, aws);
    }
}
