package dev.kafila.sandbox;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets of AWS Secrets Manager, by their ARNs. */
public final class SandboxSecrets extends SandboxTarget<SecretRequest> {
    private final Map<String, String> secrets = new ConcurrentHashMap<>();

    SandboxSecrets() {}

    /** Creates a secret, or gives it another value. */
    public void put(String arn, String secretString) {
        secrets.put(arn, secretString);
    }

    Optional<String> get(String arn) {
        return Optional.ofNullable(secrets.get(arn));
    }

    @Override
    public synchronized void reset() {
        super.reset();
        secrets.clear();
    }
}
