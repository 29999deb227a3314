package dev.kafila.sandbox;

import java.time.Instant;

/**
 * One AssumeRole request as the sandbox received it, and the key that it gave out for it.
 *
 * @param externalId null: none was sent
 * @param signature  with what the request was signed
 */
public record AssumedRole(
        String roleArn,
        String sessionName,
        String externalId,
        Signature signature,
        Instant arrived,
        String accessKeyId) {}
