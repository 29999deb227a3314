package dev.kafila.sandbox;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Signature Version 4 names: the signature itself is not verified, the sandbox knows no secrets.
 *
 * @param sessionToken null: long-lived credentials
 */
public record Signature(String accessKeyId, String region, String service, String sessionToken) {
    private static final Pattern HEADER = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/\\d{8}/([^/]+)/([^/]+)/aws4_request, ?SignedHeaders=[^,]+, ?Signature=[0-9a-f]{64}");

    /** Empty: the request carries no complete signature. */
    static Optional<Signature> of(AwsRequest request) {
        Matcher matcher = HEADER.matcher(request.header("authorization").orElse(""));
        if (!matcher.matches() || request.header("x-amz-date").isEmpty()) {
            return Optional.empty();
        }
        String token = request.header("x-amz-security-token").orElse(null);
        return Optional.of(new Signature(matcher.group(1), matcher.group(2), matcher.group(3), token));
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
