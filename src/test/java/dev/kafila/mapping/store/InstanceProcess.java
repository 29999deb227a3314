package dev.kafila.mapping.store;

import dev.kafila.settings.MappingSettings.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** An instance in a process of its own, which ends as if by kill -9. */
record InstanceProcess(Process process) implements AutoCloseable {

    static InstanceProcess start(StoreFixture fixture) throws IOException {
        return new InstanceProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InstanceProcess.class.getName(),
                        fixture.broker.bootstrapServers(),
                        fixture.shared.topic(),
                        fixture.shared.group())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    public static void main(String[] arguments) throws IOException {
        Shared shared = new Shared(arguments[1], null, arguments[2]);
        try (KafkaMappingStore store = new KafkaMappingStore(() -> Map.of("bootstrap.servers", arguments[0]), shared);
                Instance instance = new Instance(store, shared, 200, Duration.ofSeconds(60))) {
            store.start();
            // Its end comes with that of the process that started it, at the latest.
            System.out.println("Read " + System.in.read() + " after " + instance.states);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
