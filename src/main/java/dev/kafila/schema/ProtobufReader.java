package dev.kafila.schema;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;

/** Reads payloads of the messages of a Protobuf schema, and makes of them what Confluent's {@code ProtobufConverter} makes. */
final class ProtobufReader implements PayloadReader {
    private final ProtobufPlace place;
    private final Integer version;
    private final ProtobufOptions options;
    private final Map<Descriptor, Schema> schemas = new ConcurrentHashMap<>();

    private ProtobufReader(FileDescriptor file, Integer version, ProtobufOptions options) {
        place = new ProtobufPlace(file);
        this.version = version;
        this.options = options;
    }

    static ProtobufReader of(RegisteredSchema schema, ProtobufOptions options) {
        return new ProtobufReader(ProtobufFiles.parse(schema), schema.version(), options);
    }

    @Override
    public SchemaAndValue read(Payload payload) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(payload.bytes(), payload.start(), payload.length());
            Descriptor type = place.read(in, payload.isGlue());
            DynamicMessage message = DynamicMessage.parseFrom(type, in);
            in.checkLastTagWas(0);
            Schema schema = schemas.computeIfAbsent(type, made -> new ProtobufSchemas(options).root(made, version));
            return new SchemaAndValue(schema, new ProtobufValues(options).root(schema, message));
        } catch (IOException e) {
            throw new DataException("The payload is none of its Protobuf schema", e);
        }
    }
}
