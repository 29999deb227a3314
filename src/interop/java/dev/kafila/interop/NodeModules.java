package dev.kafila.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/** The scripts of {@code src/interop/node} with the packages that they use, which are downloaded once. */
final class NodeModules {
    private static final Path SOURCES = Path.of("src", "interop", "node");
    private static final Path FOLDER = Path.of("target", "interop-node");

    private NodeModules() {}

    static NodeModules install() throws Exception {
        Program.requireInstalled("node", "nodejs");
        Program.requireInstalled("npm", "npm");
        Files.createDirectories(FOLDER);
        try (var files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!Files.exists(FOLDER.resolve("node_modules").resolve(".package-lock.json"))) {
            Program.run(
                            List.of(
                                    "npm",
                                    "install",
                                    "--prefix",
                                    FOLDER.toString(),
                                    "--ignore-scripts",
                                    "--no-audit",
                                    "--no-fund"),
                            Map.of(),
                            Program.NOTHING)
                    .success();
        }
        return new NodeModules();
    }

    /** What a script writes for the records that it reads, one a line. */
    List<String> run(String script, List<String> records, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("node", FOLDER.resolve(script).toString()));
        command.addAll(List.of(arguments));
        SdkBytes input = SdkBytes.fromString(String.join("\n", records), UTF_8);
        return new String(Program.run(command, Map.of(), input).success().asByteArray(), UTF_8)
                .lines()
                .toList();
    }
}
