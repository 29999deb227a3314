package dev.kafila.faults.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** The route files of one instance, its own, which are read again when they change. */
record RouteFiles(Path directory) {
    private static final Path OF_THE_JAR = Path.of("routes");
    private static final List<String> FLOWS = List.of("kafka-to-lambda", "kafka-to-eventbridge");
    private static final Duration LONGEST = Duration.ofSeconds(40);

    /** @param home where the instance runs */
    static RouteFiles in(Path home) {
        return new RouteFiles(home.resolve("routes"));
    }

    /** As they are in the jar. */
    void copy() {
        try {
            Files.createDirectories(directory);
            for (String flow : FLOWS) {
                Files.copy(OF_THE_JAR.resolve(name(flow)), directory.resolve(name(flow)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("An instance gets no routes of its own", e);
        }
    }

    private static String name(String flow) {
        return flow + ".camel.yaml";
    }

    /**
     * Changes both flows, so that each is drained and started anew, and returns when the instance has.
     *
     * @param log of the instance, line by line
     */
    void edit(Supplier<List<String>> log) {
        long before = reloads(log);
        for (String flow : FLOWS) {
            Path file = directory.resolve(name(flow));
            try {
                String text = Files.readString(file);
                Files.writeString(file, text.replaceFirst("description: (.*)", "description: $1 again"));
            } catch (IOException e) {
                throw new UncheckedIOException("A route cannot be edited: " + file, e);
            }
        }
        Awaitility.await().atMost(LONGEST).pollInterval(Duration.ofMillis(200)).until(() -> reloads(log) > before);
    }

    private static long reloads(Supplier<List<String>> log) {
        return log.get().stream().filter(line -> line.contains("Reloaded ")).count();
    }
}
