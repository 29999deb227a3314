package dev.kafila.sandbox;

/** STS of the sandbox: who assumed which role. */
public final class SandboxRoles extends SandboxTarget<AssumedRole> {
    SandboxRoles() {}
}
