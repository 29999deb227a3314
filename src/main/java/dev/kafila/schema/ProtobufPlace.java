package dev.kafila.schema;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;

/** Which message of its file a payload is, as serializers write it between the frame and the message. */
public final class ProtobufPlace {
    private final FileDescriptor file;
    /** Glue's serializers number all messages of a file by their full names. */
    private final List<Descriptor> byName;

    public ProtobufPlace(FileDescriptor file) {
        this.file = file;
        List<Descriptor> all = new ArrayList<>();
        addAll(file.getMessageTypes(), all);
        all.sort(Comparator.comparing(Descriptor::getFullName));
        byName = List.copyOf(all);
    }

    private static void addAll(List<Descriptor> messages, List<Descriptor> all) {
        for (Descriptor message : messages) {
            all.add(message);
            addAll(message.getNestedTypes(), all);
        }
    }

    /** The frame and the place of one of the file's messages. */
    public ByteString after(Frame frame, Descriptor message) {
        ByteString.Output out = ByteString.newOutput();
        try {
            out.write(frame.bytes());
            CodedOutputStream coded = CodedOutputStream.newInstance(out);
            if (frame instanceof Frame.Glue) {
                coded.writeUInt32NoTag(byName.indexOf(message));
            } else {
                writePath(message, coded);
            }
            coded.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteString();
    }

    private static void writePath(Descriptor message, CodedOutputStream out) throws IOException {
        Deque<Integer> path = new ArrayDeque<>();
        for (Descriptor at = message; at != null; at = at.getContainingType()) {
            path.push(at.getIndex());
        }
        if (path.size() == 1 && path.getFirst() == 0) {
            out.writeSInt32NoTag(0);
            return;
        }
        out.writeSInt32NoTag(path.size());
        for (int step : path) {
            out.writeSInt32NoTag(step);
        }
    }

    /** Reads which message follows. */
    Descriptor read(CodedInputStream in, boolean glue) throws IOException {
        return glue ? at(byName, in.readUInt32()) : byPath(in);
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
