package dev.kafila.schema;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;

/** Reads payloads of the messages of a Protobuf schema, and makes of them what Confluent's {@code ProtobufConverter} makes. */
final class ProtobufReader implements PayloadReader {
    private final FileDescriptor file;
    private final List<Descriptor> byName;
    private final Integer version;
    private final ProtobufOptions options;
    private final Map<Descriptor, Schema> schemas = new ConcurrentHashMap<>();

    private ProtobufReader(FileDescriptor file, Integer version, ProtobufOptions options) {
        this.file = file;
        this.version = version;
        this.options = options;
        List<Descriptor> all = new ArrayList<>();
        addAll(file.getMessageTypes(), all);
        all.sort(Comparator.comparing(Descriptor::getFullName));
        byName = List.copyOf(all);
    }

    static ProtobufReader of(RegisteredSchema schema, ProtobufOptions options) {
        return new ProtobufReader(ProtobufFiles.parse(schema), schema.version(), options);
    }

    private static void addAll(List<Descriptor> messages, List<Descriptor> all) {
        for (Descriptor message : messages) {
            all.add(message);
            addAll(message.getNestedTypes(), all);
        }
    }

    @Override
    public SchemaAndValue read(Payload payload) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(payload.bytes(), payload.start(), payload.length());
            Descriptor type = payload.isGlue() ? byPlace(in.readUInt32()) : byPath(in);
            DynamicMessage message = DynamicMessage.parseFrom(type, in);
            in.checkLastTagWas(0);
            Schema schema = schemas.computeIfAbsent(type, made -> new ProtobufSchemas(options).root(made, version));
            return new SchemaAndValue(schema, new ProtobufValues(options).root(schema, message));
        } catch (IOException e) {
            throw new DataException("The payload is none of its Protobuf schema", e);
        }
    }

    /** Glue's serializers number all messages of a file by their full names. */
    private Descriptor byPlace(int index) {
        return at(byName, index);
    }

    /** Confluent's write where the message stands in the file: how many steps, then each; 0 alone is the first message. */
    private Descriptor byPath(CodedInputStream in) throws IOException {
        int steps = in.readSInt32();
        if (steps == 0) {
            return at(file.getMessageTypes(), 0);
        }
        Descriptor found = null;
        for (int step = 0; step < steps; step++) {
            found = at(found == null ? file.getMessageTypes() : found.getNestedTypes(), in.readSInt32());
        }
        if (found == null) {
            throw new DataException("The payload names " + steps + " steps to its message");
        }
        return found;
    }

    private static Descriptor at(List<Descriptor> messages, int index) {
        if (index < 0 || index >= messages.size()) {
            throw new DataException(
                    "The payload is of message " + index + " of " + messages.size() + " in its Protobuf schema");
        }
        return messages.get(index);
    }
}
