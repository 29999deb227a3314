package dev.kafila.schema;

import io.apicurio.registry.utils.converter.avro.AvroData;
import io.apicurio.registry.utils.converter.avro.AvroDataConfig;
import java.util.function.Function;

/** Chooses how the payloads of a schema are read. */
final class PayloadReaders {
    private PayloadReaders() {}

    /** What makes readers of payloads in a format, as the options want them. */
    static Function<RegisteredSchema, PayloadReader> of(DataFormat format, ConverterOptions options) {
        return switch (format) {
            case AVRO -> avro(options);
            case PROTOBUF -> protobuf(options);
            case JSON -> JsonSchemaReader::of;
        };
    }

    private static Function<RegisteredSchema, PayloadReader> avro(ConverterOptions options) {
        AvroData data = new AvroData(new AvroDataConfig(options.all()));
        return schema -> AvroReader.of(schema, data);
    }

    private static Function<RegisteredSchema, PayloadReader> protobuf(ConverterOptions options) {
        ProtobufOptions shape = ProtobufOptions.of(options);
        return schema -> ProtobufReader.of(schema, shape);
    }
}
