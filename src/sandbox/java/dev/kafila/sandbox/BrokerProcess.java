package dev.kafila.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The broker as a process of its own, which is killed and not shut down when it stops. It ends with the process that started it. */
final class BrokerProcess implements Node {
    private static final Duration START = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(50).toNanos();

    private final BrokerConfig config;
    /** Null: stopped. */
    private Process process;

    private BrokerProcess(BrokerConfig config) {
        this.config = config;
    }

    static BrokerProcess started(BrokerConfig config) {
        BrokerProcess broker = new BrokerProcess(config);
        broker.restart();
        return broker;
    }

    @Override
    public synchronized void stop() {
        if (process == null) {
            return;
        }
        try {
            process.destroyForcibly().waitFor();
            process = null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the broker is killed", e);
        }
    }

    @Override
    public synchronized void restart() {
        stop();
        try {
            process = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("The broker's process does not start", e);
        }
        awaitListening();
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.net.preferIPv4Stack=true",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerMain.class.getName()));
        command.addAll(BrokerMain.arguments(config));
        return command;
    }

    private Path log() {
        return config.directory().resolve("broker.log");
    }

    /** The broker opens its port when it has read its data and may answer. */
    private void awaitListening() {
        long deadline = System.nanoTime() + START.toNanos();
        while (!listens()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("The broker's process does not serve, see " + log());
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private boolean listens() {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), config.ports().get(0))) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
