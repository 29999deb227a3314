package dev.kafila.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the benchmark as a JVM of its own. It ends when it is closed, and with the process that started it, whose end closes its standard input. */
final class Child implements AutoCloseable {
    private static final String READY = "ready ";
    private static final int SECONDS_TO_END = 20;

    private final Process process;
    private final BufferedReader output;

    private Child(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts the main class on this JVM's class path.
     *
     * @param errors where its standard error goes
     */
    static Child start(Class<?> main, Path errors, List<String> jvmOptions, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        try {
            File log = errors.toFile();
            return new Child(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("A process cannot be started: " + main.getName(), e);
        }
    }

    /** Tells the process that started this one where this one is to be found. */
    static void sayReady(String address) {
        System.out.println(READY + address);
    }

    /** Returns when the process that started this one wants its end, or has ended itself. */
    static void awaitEndOfInput() throws IOException {
        System.in.transferTo(OutputStream.nullOutputStream());
    }

    /** What {@link #sayReady} says there, once it does. */
    String awaitReady() {
        return awaitLine(READY);
    }

    /** What follows the beginning in the first line of its standard output that begins so. */
    String awaitLine(String beginning) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(beginning)) {
                    return line.substring(beginning.length());
                }
            }
            throw new IllegalStateException("A process of the benchmark ended before it said what was expected");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
