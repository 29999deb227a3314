package dev.kafila.gateway.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import dev.kafila.schema.DataFormat;
import dev.kafila.schema.ProtobufFiles;
import dev.kafila.schema.RegisteredSchema;
import java.util.Map;

/** Schemas as their authors write them. */
public final class ProtoText {
    private ProtoText() {}

    /** The first message of a file. */
    public static Descriptor message(String text) {
        return ProtobufFiles.parse(new RegisteredSchema("test", DataFormat.PROTOBUF, text, Map.of(), null))
                .getMessageTypes()
                .get(0);
    }
}
