package dev.kafila.schema;

import dev.kafila.aws.AwsSettings;
import dev.kafila.record.ConverterFactory;
import org.apache.kafka.connect.storage.Converter;

/**
 * Makes the converters {@code avro}, {@code protobuf} and {@code json-schema}, also for the class names of those they stand in for; and
 * {@code confluent-registry} and {@code glue-registry}, which read whatever that registry says the record is, and make {@link RegistryData}.
 */
public final class SchemaConverters implements ConverterFactory {
    /** Reads what was written with a registry that has Confluent's API. */
    public static final String CONFLUENT_REGISTRY = "confluent-registry";

    /** Reads what was written with AWS Glue's registry. */
    public static final String GLUE_REGISTRY = "glue-registry";

    /** Option of these two: {@code JSON}, or {@code SOURCE} for the bytes that follow the frame. */
    public static final String EVENT_RECORD_FORMAT = "event.record.format";

    @Override
    public Converter create(String name, AwsSettings aws) {
        return switch (name) {
            case CONFLUENT_REGISTRY -> new RegistryConverter(Frame.Confluent.class, aws);
            case GLUE_REGISTRY -> new RegistryConverter(Frame.Glue.class, aws);
            default -> {
                DataFormat format = DataFormat.ofConverter(name);
                yield format == null ? null : new SchemaConverter(format, aws);
            }
        };
    }
}
