package dev.kafila.interop;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.SdkBytes;

/** Runs an installed program to its end, for a minute at most. */
final class Program {
    static final SdkBytes NOTHING = SdkBytes.fromByteArray(new byte[0]);

    private static final int SECONDS = 60;

    private Program() {}

    /** How it ended. */
    record Result(int status, SdkBytes output, String errors) {

        /** The output of a program that has to succeed. */
        SdkBytes success() {
            if (status != 0) {
                throw new AssertionError("It ended with status " + status + ": " + errors);
            }
            return output;
        }
    }

    /** Fails unless the program can be started; {@code debianPackage} is what to install. */
    static void requireInstalled(String program, String debianPackage) throws Exception {
        Result found = run(List.of("sh", "-c", "command -v \"$0\"", program), Map.of(), NOTHING);
        if (found.status() != 0) {
            throw new AssertionError(program + " is not installed: apt-get install " + debianPackage);
        }
    }

    /** Runs a command with more environment, and gives it its input. */
    static Result run(List<String> command, Map<String, String> environment, SdkBytes input) throws Exception {
        Path output = Files.createTempFile("kafila-interop", ".out");
        Path errors = Files.createTempFile("kafila-interop", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.asByteArray());
            }
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command.get(0) + " has not ended in " + SECONDS + " s");
            }
            return new Result(
                    process.exitValue(),
                    SdkBytes.fromByteArray(Files.readAllBytes(output)),
                    Files.readString(errors, StandardCharsets.UTF_8).strip());
        } finally {
            delete(output);
            delete(errors);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
