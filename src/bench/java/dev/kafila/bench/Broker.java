package dev.kafila.bench;

import dev.kafila.sandbox.SandboxBroker;
import java.io.IOException;
import java.util.Map;

/** Kafka as a process of its own, so that neither its CPU time nor its memory is counted with what is measured. Ends when its standard input does. */
public final class Broker {
    private Broker() {}

    public static void main(String[] args) throws IOException {
        // The space of a topic that is deleted is wanted for the next one.
        try (SandboxBroker broker = SandboxBroker.start(Map.of("log.segment.delete.delay.ms", "1000"))) {
            Child.sayReady(broker.bootstrapServers());
            Child.awaitEndOfInput();
        }
        System.exit(0);
    }
}
