package dev.kafila.sandbox;

/** A Lambda function of the sandbox. */
public final class SandboxFunction extends SandboxTarget<Invocation> {
    private final String name;

    SandboxFunction(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }
}
