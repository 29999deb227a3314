package dev.kafila.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.TextFormat;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden descriptors that ours are held against are those of the installed compiler. */
class ProtocInteropTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "protobuf");

    /** They come with Protobuf's library for Java; the compiler's package leaves them to another one. */
    private static final List<String> WELL_KNOWN = List.of("any", "duration", "struct", "timestamp", "wrappers");

    @ParameterizedTest
    @ValueSource(strings = {"proto3", "proto2", "nosyntax"})
    void itDescribesTheFilesAsItDidWhenTheGoldenTextsWereMade(String name, @TempDir Path directory) throws Exception {
        Program.requireInstalled("protoc", "protobuf-compiler");
        Path includes = Files.createDirectories(directory.resolve("google").resolve("protobuf"));
        for (String known : WELL_KNOWN) {
            String file = known + ".proto";
            try (InputStream text = FileDescriptorSet.class.getResourceAsStream("/google/protobuf/" + file)) {
                Files.copy(text, includes.resolve(file));
            }
        }
        Path descriptors = directory.resolve("set");

        Program.run(
                        List.of(
                                "protoc",
                                "-I" + GOLDEN,
                                "-I" + directory,
                                "--descriptor_set_out=" + descriptors,
                                name + ".proto"),
                        Map.of(),
                        Program.NOTHING)
                .success();

        assertThat(FileDescriptorSet.parseFrom(Files.readAllBytes(descriptors)))
                .isEqualTo(TextFormat.parse(Files.readString(GOLDEN.resolve(name + ".txt")), FileDescriptorSet.class));
    }
}
