package dev.kafila.conventions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files that are kept, as text. */
final class Project {
    private static final List<Path> DIRECTORIES =
            Stream.of("src", "routes", "kamelets", ".ci", ".mvn").map(Path::of).toList();

    private Project() {}

    /** A file and what it holds. */
    record Source(Path path, String text) {

        int lines() {
            return (int) text.lines().count();
        }

        /** The first group of every match. */
        List<String> all(Pattern pattern) {
            return pattern.matcher(text)
                    .results()
                    .map(match -> match.group(1))
                    .distinct()
                    .toList();
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** Everything below the directories that are kept, and the files beside them. */
    static List<Source> sources() throws IOException {
        try (Stream<Path> beside = Files.list(Path.of(""))) {
            Stream<Path> below = Stream.empty();
            for (Path directory : DIRECTORIES) {
                below = Stream.concat(below, below(directory).stream());
            }
            return Stream.concat(beside.filter(Files::isRegularFile), below)
                    .filter(path -> !path.getFileName().toString().equals(".jqwik-database"))
                    .map(Project::read)
                    .toList();
        }
    }

    /** What users and maintainers read. */
    static List<Source> documents() throws IOException {
        return sources().stream()
                .filter(source -> source.path().toString().endsWith(".md"))
                .toList();
    }

    /** Java files below a source folder such as {@code src/main}. */
    static List<Source> java(String folder) throws IOException {
        return below(Path.of(folder)).stream()
                .filter(path -> path.toString().endsWith(".java"))
                .map(Project::read)
                .toList();
    }

    static Source file(String path) {
        return read(Path.of(path));
    }

    private static List<Path> below(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Source read(Path path) {
        try {
            return new Source(path, Files.readString(path, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(path + " is not a text", e);
        }
    }
}
