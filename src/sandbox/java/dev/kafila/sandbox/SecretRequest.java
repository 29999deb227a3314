package dev.kafila.sandbox;

import java.time.Instant;

/**
 * A request for a secret's value.
 *
 * @param arn      of the secret
 * @param region   of the signature
 * @param signedBy access key id of the signature
 */
public record SecretRequest(String arn, String region, String signedBy, Instant at) {}
