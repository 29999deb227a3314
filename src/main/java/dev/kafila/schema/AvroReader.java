package dev.kafila.schema;

import io.apicurio.registry.utils.converter.avro.AvroData;
import java.io.IOException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;

/** Reads payloads of an Avro schema, and makes of them what Confluent's {@code AvroConverter} makes. */
final class AvroReader implements PayloadReader {
    private final Schema schema;
    private final Integer version;
    private final AvroData data;
    private final GenericDatumReader<Object> reader;

    private AvroReader(Schema schema, Integer version, AvroData data) {
        this.schema = schema;
        this.version = version;
        this.data = data;
        reader = new GenericDatumReader<>(schema, schema, new GenericData());
    }

    static AvroReader of(RegisteredSchema registered, AvroData data) {
        // Names and defaults were the registry's to check: here they would only keep records from being read.
        Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
        registered.references().values().forEach(parser::parse);
        return new AvroReader(parser.parse(registered.text()), registered.version(), data);
    }

    @Override
    public SchemaAndValue read(Payload payload) {
        try {
            SchemaAndValue read = data.toConnectData(schema, value(payload), version);
            return read == null ? SchemaAndValue.NULL : read;
        } catch (IOException e) {
            throw new DataException("The payload is none of its Avro schema: it ends too early", e);
        }
    }

    private Object value(Payload payload) throws IOException {
        boolean bare = schema.getType() == Schema.Type.BYTES && !payload.isGlue();
        // Confluent's serializers write a schema that is nothing but bytes without their length.
        return bare ? payload.buffer() : reader.read(null, new AvroInput(payload));
    }
}
