package dev.kafila.sandbox;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Signature Version 4 or 4A names: the signature itself is not verified, the sandbox knows no secrets.
 *
 * @param region       a set of regions such as {@code *} for 4A, which global endpoints ask for
 * @param sessionToken null: long-lived credentials
 */
public record Signature(String accessKeyId, String region, String service, String sessionToken) {
    private static final Pattern HEADER = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/\\d{8}/([^/]+)/([^/]+)/aws4_request, ?SignedHeaders=[^,]+, ?Signature=[0-9a-f]{64}");

    private static final Pattern ASYMMETRIC_HEADER = Pattern.compile(
            "AWS4-ECDSA-P256-SHA256 Credential=([^/]+)/\\d{8}/([^/]+)/aws4_request, ?SignedHeaders=[^,]+, ?Signature=[0-9a-f]+");

    /** Empty: the request carries no complete signature. */
    static Optional<Signature> of(AwsRequest request) {
        String header = request.header("authorization").orElse("");
        if (request.header("x-amz-date").isEmpty()) {
            return Optional.empty();
        }
        String token = request.header("x-amz-security-token").orElse(null);
        Matcher four = HEADER.matcher(header);
        if (four.matches()) {
            return Optional.of(new Signature(four.group(1), four.group(2), four.group(3), token));
        }
        Matcher asymmetric = ASYMMETRIC_HEADER.matcher(header);
        String regions = request.header("x-amz-region-set").orElse("");
        return asymmetric.matches() && !regions.isEmpty()
                ? Optional.of(new Signature(asymmetric.group(1), regions, asymmetric.group(2), token))
                : Optional.empty();
    }

    /** What AWS says to a request without a signature for this service; empty: it is signed. */
    static Optional<Answer> refusal(AwsRequest request, String service) {
        if (request.header("authorization").isEmpty()) {
            return Optional.of(
                    Answer.status(403, "MissingAuthenticationTokenException", "Missing Authentication Token"));
        }
        Optional<Signature> signature = of(request);
        if (signature.isEmpty()) {
            String message = "Authorization header or X-Amz-Date is missing or malformed";
            return Optional.of(Answer.status(403, "IncompleteSignatureException", message));
        }
        if (!signature.get().service().equals(service)) {
            String message = "Credential should be scoped to correct service: '" + service + "'.";
            return Optional.of(Answer.status(403, "InvalidSignatureException", message));
        }
        return Optional.empty();
    }

    /** Names the key, never the token. */
    @Override
    public String toString() {
        return "Signature[" + accessKeyId + ", " + region + ", " + service + "]";
    }
}
