package dev.kafila.sandbox;

import java.time.Duration;
import java.util.Objects;

/** STS of the sandbox: who assumed which role. */
public final class SandboxRoles extends SandboxTarget<AssumedRole> {
    private static final Duration HOUR = Duration.ofHours(1);

    private volatile Duration session = HOUR;

    SandboxRoles() {}

    /** How long the credentials of roles that are assumed from now on are good; an hour unless told. */
    public void sessionsLast(Duration duration) {
        session = Objects.requireNonNull(duration);
    }

    Duration session() {
        return session;
    }

    @Override
    public synchronized void reset() {
        super.reset();
        session = HOUR;
    }
}
