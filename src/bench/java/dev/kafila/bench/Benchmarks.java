package dev.kafila.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Measures everything, or what {@code only=} names, and writes {@code target/bench/report.md}. What it measures is nobody's gate: machines
 * differ, and one machine differs from minute to minute.
 */
public final class Benchmarks {
    private static final Path DIRECTORY = Path.of("target", "bench");

    private final Arguments arguments;
    private final StringBuilder report = new StringBuilder("# Kafila's benchmark\n\n");

    private Benchmarks(Arguments arguments) {
        this.arguments = arguments;
    }

    public static void main(String[] args) throws Exception {
        new Benchmarks(Arguments.of(args)).run();
    }

    private void run() throws Exception {
        boolean quick = arguments.flag("quick");
        List<String> jvmOptions = List.of(arguments.text("jvm").split(" "));
        Files.createDirectories(DIRECTORY);
        report.append(Machine.describe());
        measure("jmh", () -> HotPath.run(quick));
        measure("drain", () -> Drains.run(DIRECTORY, jvmOptions, quick));
        measure("latency", () -> Latency.run(DIRECTORY, jvmOptions, quick));
        measure("steady", () -> quick ? Steady.LEFT_OUT : Steady.run(DIRECTORY, jvmOptions));
        System.out.println(report);
    }

    /** Writes what there is after each part, so that a part that fails costs nothing but itself. */
    private void measure(String part, Callable<String> measurement) throws Exception {
        if (List.of("", part).contains(arguments.text("only", ""))) {
            report.append(measurement.call());
            Path file = Files.writeString(DIRECTORY.resolve("report.md"), report);
            System.out.println("Written to " + file.toAbsolutePath());
        }
    }
}
