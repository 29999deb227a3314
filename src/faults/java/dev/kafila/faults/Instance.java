package dev.kafila.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Kafila as a process of its own: {@code java -jar target/kafila.jar} in a directory. Closing it ends it, whatever state it is in. */
public final class Instance implements AutoCloseable {
    private static final Path JAR = Path.of("target", "kafila.jar").toAbsolutePath();
    private static final Duration START = Duration.ofSeconds(40);
    private static final int TAIL = 60;

    private final Path directory;
    private final Management management;
    private final int mappingPort;
    private final Process process;

    private Instance(Path directory, int managementPort, int mappingPort, Process process) {
        this.directory = directory;
        management = new Management(managementPort);
        this.mappingPort = mappingPort;
        this.process = process;
    }

    /**
     * Starts the jar.
     *
     * @param directory  made for this process; its settings and its log go there
     * @param properties of {@code application.properties}
     */
    public static Instance start(Path directory, Map<String, String> properties, List<String> jvmOptions) {
        return start(directory, properties, jvmOptions, List.of());
    }

    /**
     * Starts the jar with some of its classes replaced.
     *
     * @param directory  made for this process; its settings and its log go there
     * @param properties of {@code application.properties}
     * @param before     what is on the class path before the jar; empty: the jar as it is
     */
    public static Instance start(
            Path directory, Map<String, String> properties, List<String> jvmOptions, List<Path> before) {
        try {
            int port = freePort();
            Map<String, String> all = new TreeMap<>(properties);
            all.put("camel.management.port", String.valueOf(port));
            int mappingPort = freePort();
            all.put("kafila.mapping.port", String.valueOf(mappingPort));
            Files.createDirectories(directory);
            List<String> lines = all.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .toList();
            Files.write(directory.resolve("application.properties"), lines);
            return new Instance(directory, port, mappingPort, launch(directory, jvmOptions, before));
        } catch (IOException e) {
            throw new UncheckedIOException("The jar cannot be run: " + JAR, e);
        }
    }

    private static Process launch(Path directory, List<String> jvmOptions, List<Path> before) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-Xlog:gc:file=gc.log");
        command.addAll(before.isEmpty() ? List.of("-jar", JAR.toString()) : mainClass(before));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(directory).toFile());
        // Nothing of the developer's own environment: neither settings nor credentials.
        builder.environment().keySet().removeIf(name -> name.matches("(KAFILA|CAMEL|AWS)_.*|JAVA_TOOL_OPTIONS"));
        Process process = builder.start();
        // Whoever ends the suite ends its processes.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private static List<String> mainClass(List<Path> before) {
        String classPath = Stream.concat(before.stream(), Stream.of(JAR))
                .map(path -> path.toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return List.of("-cp", classPath, "dev.kafila.Application");
    }

    private static Path log(Path directory) {
        return directory.resolve("kafila.log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns when health says that it consumes. */
    public Instance awaitReady() {
        return awaitReady(START);
    }

    /** Returns when health says that it consumes, which may take so long. */
    public Instance awaitReady(Duration longest) {
        Awaitility.await()
                .atMost(longest)
                .pollInterval(Duration.ofMillis(100))
                .failFast(this::requireAlive)
                .until(this::isReady);
        return this;
    }

    /** Fails with the end of its log if it has ended. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("The process has ended:\n" + tail());
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public boolean isReady() {
        return management.get("/observe/health").code() == 200;
    }

    public String health() {
        return management.get("/observe/health").body();
    }

    /** The ledger as the process tells it now, line by line. */
    public List<LedgerLine> ledger() {
        return LedgerLine.ofPartitions(management.get("/observe/partitions").body());
    }

    /** The ledger that a process wrote to its log at its end. */
    public List<LedgerLine> lastLedger() {
        return LedgerLine.ofLog(log());
    }

    /** Status of the answer to {@code POST /observe/partitions/{partition}/resume}. */
    public int resume(String partition) {
        return management.post("/observe/partitions/" + partition + "/resume").code();
    }

    /** Where it serves the API of event source mappings. */
    public URI mappings() {
        return URI.create("http://127.0.0.1:" + mappingPort);
    }

    /** Where it runs: {@code routes/} below it is its own. */
    public Path directory() {
        return directory;
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    /** SIGTERM; returns at once. */
    public Instance terminate() {
        process.destroy();
        return this;
    }

    /** The exit status, once it has ended. */
    public int awaitEnd(Duration longest) {
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("It has not ended in " + longest + ":\n" + tail());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a process ends", e);
        }
    }

    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("SIG" + name + " was not sent");
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("SIG" + name + " was not sent", e);
        }
    }

    /** What it has used so far. */
    public Usage usage() {
        return Usage.of(process.toHandle());
    }

    /** What its heap was after and before the collections of garbage. */
    public Heap heap() {
        return Heap.of(lines(directory.resolve("gc.log")));
    }

    public List<String> log() {
        return lines(log(directory));
    }

    private String tail() {
        List<String> log = log();
        return String.join("\n", log.subList(Math.max(0, log.size() - TAIL), log.size()));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
