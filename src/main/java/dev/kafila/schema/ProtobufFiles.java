package dev.kafila.schema;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.DataException;

/** Makes descriptors of the text of a {@code .proto} file and of those that it imports. */
public final class ProtobufFiles {
    /** What every producer may import without a registry holding it. */
    private static final Map<String, FileDescriptor> WELL_KNOWN = Stream.of(
                    AnyProto.getDescriptor(),
                    ApiProto.getDescriptor(),
                    DescriptorProtos.getDescriptor(),
                    DurationProto.getDescriptor(),
                    EmptyProto.getDescriptor(),
                    FieldMaskProto.getDescriptor(),
                    SourceContextProto.getDescriptor(),
                    StructProto.getDescriptor(),
                    TimestampProto.getDescriptor(),
                    TypeProto.getDescriptor(),
                    WrappersProto.getDescriptor())
            .collect(Collectors.toUnmodifiableMap(FileDescriptor::getName, Function.identity()));

    /** Of those that Confluent's registry knows by itself, the ones that stand for types of Kafka Connect. */
    private static final Map<String, String> BUILT_IN = Map.of(
            "google/type/date.proto",
            "syntax = \"proto3\"; package google.type; message Date { int32 year = 1; int32 month = 2; int32 day = 3; }",
            "google/type/timeofday.proto",
            "syntax = \"proto3\"; package google.type;"
                    + " message TimeOfDay { int32 hours = 1; int32 minutes = 2; int32 seconds = 3; int32 nanos = 4; }",
            "confluent/meta.proto",
            "syntax = \"proto3\"; package confluent; message Meta { string doc = 1; map<string, string> params = 2; }",
            "confluent/type/decimal.proto",
            "syntax = \"proto3\"; package confluent.type;"
                    + " message Decimal { bytes value = 1; uint32 precision = 2; int32 scale = 3; }");

    private final RegisteredSchema schema;
    private final Map<String, FileDescriptor> built = new HashMap<>();

    private ProtobufFiles(RegisteredSchema schema) {
        this.schema = schema;
    }

    /** Throws {@link DataException} if an import is missing; any other exception means that the text is none. */
    public static FileDescriptor parse(RegisteredSchema schema) {
        return new ProtobufFiles(schema).build("schema.proto", schema.text());
    }

    /**
     * The names of what a file imports.
     *
     * @param name of the schema, for messages
     * @throws DataException if the text is none
     */
    public static List<String> importsOf(String text, String name) {
        try {
            return ProtobufDescriptors.imports(ProtoParser.Companion.parse(Location.get("schema.proto"), text));
        } catch (RuntimeException | StackOverflowError e) {
            throw new DataException("The " + name + " is no schema of PROTOBUF that can be read", e);
        }
    }

    private FileDescriptor build(String name, String text) {
        try {
            ProtoFileElement file = ProtoParser.Companion.parse(Location.get(name), text);
            List<FileDescriptor> imports = new ArrayList<>();
            for (String imported : ProtobufDescriptors.imports(file)) {
                imports.add(find(imported));
            }
            return FileDescriptor.buildFrom(
                    new ProtobufDescriptors(file).toProto(name), imports.toArray(FileDescriptor[]::new));
        } catch (DescriptorValidationException e) {
            throw new DataException("The " + schema.name() + " holds names that contradict each other", e);
        }
    }

    /** Of a registry the texts come in the order of their imports; files may import each other in a circle, which Protobuf has no sense for. */
    private FileDescriptor find(String imported) {
        FileDescriptor found = WELL_KNOWN.getOrDefault(imported, built.get(imported));
        if (found != null) {
            return found;
        }
        String text = schema.references().getOrDefault(imported, BUILT_IN.get(imported));
        if (text == null) {
            throw new DataException("The " + schema.name() + " imports " + imported + ", which is not there");
        }
        if (built.containsKey(imported)) {
            throw new DataException("The " + schema.name() + " imports " + imported + ", which imports itself");
        }
        built.put(imported, null);
        FileDescriptor file = build(imported, text);
        built.put(imported, file);
        return file;
    }
}
