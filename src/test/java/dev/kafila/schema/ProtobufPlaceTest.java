package dev.kafila.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What stands before a message leads back to it, whatever else is in its file. */
class ProtobufPlaceTest {

    @Property(tries = 200)
    void theFrameOfEachMessageOfAFileReadsBack(
            @ForAll("files") String text, @ForAll int id, @ForAll long most, @ForAll long least) throws IOException {
        FileDescriptor file =
                ProtobufFiles.parse(new RegisteredSchema("random", DataFormat.PROTOBUF, text, Map.of(), null));
        ProtobufPlace place = new ProtobufPlace(file);
        List<Descriptor> messages = new ArrayList<>();
        collect(file.getMessageTypes(), messages);

        for (Frame frame : List.of(
                new Frame.Confluent(id),
                new Frame.Glue(new UUID(most, least), false),
                new Frame.Glue(new UUID(most, least), true))) {
            for (Descriptor message : messages) {
                ByteString before = place.after(frame, message);

                assertThat(Frame.find(before.toByteArray())).isEqualTo(frame);
                CodedInputStream in = before.substring(frame.payloadStart()).newCodedInput();
                assertThat(place.read(in, frame instanceof Frame.Glue)).isSameAs(message);
                assertThat(in.isAtEnd()).isTrue();
            }
        }
    }

    private static void collect(List<Descriptor> from, List<Descriptor> all) {
        from.forEach(message -> {
            if (!message.getOptions().getMapEntry()) {
                all.add(message);
                collect(message.getNestedTypes(), all);
            }
        });
    }

    @Provide
    Arbitrary<String> files() {
        return bodies(3)
                .list()
                .ofMinSize(1)
                .ofMaxSize(200)
                .map(bodies -> "syntax = \"proto3\"; package some.where; " + named(bodies));
    }

    /** Of messages that hold maps, enums and messages. */
    private static Arbitrary<String> bodies(int depth) {
        Arbitrary<String> others =
                Arbitraries.of("", "map<string, int32> some = 1; ", "enum State { UNKNOWN = 0; } State state = 2; ");
        return depth == 0
                ? others
                : others.flatMap(other -> bodies(depth - 1).list().ofMaxSize(3).map(nested -> other + named(nested)));
    }

    /** Names in another order than the messages. */
    private static String named(List<String> bodies) {
        StringBuilder messages = new StringBuilder();
        for (int i = 0; i < bodies.size(); i++) {
            messages.append("message M%d%d { %s} ".formatted(i * 7 % 10, i, bodies.get(i)));
        }
        return messages.toString();
    }
}
