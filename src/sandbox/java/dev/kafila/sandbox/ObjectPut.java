package dev.kafila.sandbox;

import java.time.Instant;

/**
 * One PutObject request as the sandbox received it.
 *
 * @param object    as it is stored if the request succeeds
 * @param signature with what the request was signed
 */
public record ObjectPut(String bucket, String key, StoredObject object, Signature signature, Instant arrived) {}
