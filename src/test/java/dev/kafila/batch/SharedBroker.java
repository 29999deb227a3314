package dev.kafila.batch;

import dev.kafila.sandbox.SandboxBroker;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one broker for the whole run: each has topics and groups of its own, and to start one takes longer than most tests. */
public final class SharedBroker implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedBroker.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
        return parameter.getParameter().getType() == SandboxBroker.class;
    }

    @Override
    public SandboxBroker resolveParameter(ParameterContext parameter, ExtensionContext extension) {
        return extension
                .getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent("broker", key -> new Running(SandboxBroker.start()), Running.class)
                .broker();
    }

    private record Running(SandboxBroker broker) implements AutoCloseable {
        @Override
        public void close() {
            broker.close();
        }
    }
}
