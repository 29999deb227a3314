package dev.kafila.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An import that was run in a directory.
 *
 * @param report what it said on standard output
 * @param errors what it said on the other
 */
record Imported(Path directory, int status, String report, String errors) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    static Imported run(Path directory, String input, String... arguments) {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int status = new ImportCommand(
                        directory,
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(report, true, StandardCharsets.UTF_8),
                        new PrintStream(errors, true, StandardCharsets.UTF_8))
                .run(List.of(arguments));
        return new Imported(
                directory, status, report.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    }

    /** Imports an example of the resources. */
    static Imported example(Path directory, String name) throws IOException {
        Path example = Path.of("src/test/resources/import", name);
        Files.copy(example, directory.resolve(name));
        return run(directory, "", name);
    }

    /** The parameters of the source of the only route. */
    JsonNode source() {
        return route().path("from").path("parameters");
    }

    /** The parameters of the sink of the only route. */
    JsonNode sink() {
        return route().path("from").path("steps").path(0).path("to").path("parameters");
    }

    JsonNode route() {
        return yaml().findValue("route");
    }

    JsonNode yaml() {
        try {
            return YAML.readTree(routeFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only route file, as it is written. */
    String routeFile() {
        return files("routes", "\\.camel\\.yaml");
    }

    /** The lines for {@code application.properties}; "" if there are none. */
    String properties() {
        return files("", "-to-[a-z]+\\.properties");
    }

    /** Lets every route send what is there at once. */
    void withoutLinger() {
        Path routes = directory.resolve("routes");
        try (Stream<Path> files = Files.list(routes)) {
            for (Path file : files.toList()) {
                Files.writeString(file, Files.readString(file).replaceFirst("linger: 60s", "linger: 0"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that it wrote, on the terminal and into files. */
    String everything() {
        return report + errors + routeFile() + properties();
    }

    /** Deletes the directory with all that is in it. */
    void delete() throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** @param ending a regular expression */
    private String files(String folder, String ending) {
        Path place = directory.resolve(folder);
        if (!Files.isDirectory(place)) {
            return "";
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().matches(".*" + ending))
                    .sorted()
                    .map(Imported::read)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
