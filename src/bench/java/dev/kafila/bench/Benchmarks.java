package dev.kafila.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures everything, or what {@code only=} names, and writes {@code target/bench/report.md}. What it measures is nobody's gate: machines
 * differ, and one machine differs from minute to minute.
 */
public final class Benchmarks {
    private static final Path DIRECTORY = Path.of("target", "bench");

    private Benchmarks() {}

    public static void main(String[] args) throws IOException, RunnerException {
        Arguments arguments = Arguments.of(args);
        boolean quick = arguments.flag("quick");
        String only = arguments.text("only", "");
        Files.createDirectories(DIRECTORY);
        StringBuilder report = new StringBuilder("# Kafila's benchmark\n\n").append(Machine.describe());
        if (only.isEmpty() || only.equals("jmh")) {
            report.append(HotPath.run(quick));
        }
        if (only.isEmpty() || only.equals("drain")) {
            report.append(Drains.run(
                    DIRECTORY, List.of(arguments.text("jvm", "-Xmx256m").split(" ")), quick));
        }
        if (only.isEmpty() || only.equals("latency")) {
            report.append(Latency.run(DIRECTORY.resolve("latency"), quick));
        }
        Path file = DIRECTORY.resolve("report.md");
        Files.writeString(file, report);
        System.out.println(report);
        System.out.println("Written to " + file.toAbsolutePath());
    }
}
