package dev.kafila.schema;

import java.util.Map;

/** What a schema of a registry describes. The names are those that Lambda's event source mappings and Glue use. */
public enum DataFormat {
    AVRO,
    PROTOBUF,
    JSON;

    private static final Map<String, DataFormat> CONVERTERS = Map.ofEntries(
            Map.entry("avro", AVRO),
            Map.entry("protobuf", PROTOBUF),
            Map.entry("json-schema", JSON),
            Map.entry("io.confluent.connect.avro.AvroConverter", AVRO),
            Map.entry("io.confluent.connect.protobuf.ProtobufConverter", PROTOBUF),
            Map.entry("io.confluent.connect.json.JsonSchemaConverter", JSON),
            Map.entry("io.apicurio.registry.utils.converter.AvroConverter", AVRO),
            Map.entry("com.amazonaws.services.schemaregistry.kafkaconnect.AWSKafkaAvroConverter", AVRO),
            Map.entry("com.amazonaws.services.schemaregistry.kafkaconnect.protobuf.ProtobufSchemaConverter", PROTOBUF),
            Map.entry("com.amazonaws.services.schemaregistry.kafkaconnect.jsonschema.JsonSchemaConverter", JSON));

    /**
     * What a converter of ours reads.
     *
     * @param converter a short name, or the class of another converter that ours stands in for
     * @return null if it reads no schemas of a registry
     */
    static DataFormat ofConverter(String converter) {
        return CONVERTERS.get(converter);
    }
}
