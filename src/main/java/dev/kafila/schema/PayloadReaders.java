package dev.kafila.schema;

import io.apicurio.registry.utils.converter.avro.AvroData;
import io.apicurio.registry.utils.converter.avro.AvroDataConfig;
import java.util.function.Function;

/** Chooses how the payloads of a schema are read. */
final class PayloadReaders {
    /** Confluent's name for whether a document has to fit its JSON Schema. */
    static final String CHECKED = "json.fail.invalid.schema";

    private PayloadReaders() {}

    /** What makes readers of payloads in a format, as the options want them. */
    static Function<RegisteredSchema, PayloadReader> of(DataFormat format, ConverterOptions options) {
        return switch (format) {
            case AVRO -> avro(options);
            case PROTOBUF -> protobuf(options);
            case JSON -> json(options);
        };
    }

    private static Function<RegisteredSchema, PayloadReader> json(ConverterOptions options) {
        boolean checked = options.flag(CHECKED, false);
        return schema -> JsonSchemaReader.of(schema, checked);
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
