package dev.kafila.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4aHttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.utils.BinaryUtils;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Signs requests to AWS that more than one region may take, by Signature Version 4A. The SDK leaves that to its common runtime, native code of
 * 19 MB; JSON services, whose requests are a POST of a path without a query, need no more than this. Thread-safe.
 */
final class SigV4aSigner implements HttpSigner<AwsCredentialsIdentity> {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int DATE_LENGTH = 8;

    /** Deriving a key takes longer than signing, and credentials hardly ever change; null: none was derived. */
    private volatile SigV4aKey last;

    @Override
    public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
        AwsCredentialsIdentity credentials = request.identity();
        Instant now = request.requireProperty(HttpSigner.SIGNING_CLOCK, Clock.systemUTC())
                .instant();
        String stamp = STAMP.format(now);
        String scope = stamp.substring(0, DATE_LENGTH) + "/"
                + request.requireProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME) + "/aws4_request";
        SdkHttpRequest.Builder signed = request.request().toBuilder()
                .putHeader("Host", host(request.request()))
                .putHeader("X-Amz-Date", stamp)
                .putHeader(
                        "X-Amz-Region-Set",
                        request.requireProperty(AwsV4aHttpSigner.REGION_SET).asString());
        if (credentials instanceof AwsSessionCredentialsIdentity session) {
            signed.putHeader("X-Amz-Security-Token", session.sessionToken());
        }
        SortedMap<String, String> headers = headers(signed);
        String names = String.join(";", headers.keySet());
        String canonical = canonical(
                request.request(), headers, names, hash(request.payload().orElse(null)));
        String text = String.join("\n", SigV4aKey.ALGORITHM, stamp, scope, hex(sha256(), canonical));
        signed.putHeader(
                "Authorization",
                SigV4aKey.ALGORITHM + " Credential=" + credentials.accessKeyId() + "/" + scope + ", SignedHeaders="
                        + names + ", Signature=" + signature(key(credentials), text));
        var result = SignedRequest.builder().request(signed.build());
        request.payload().ifPresent(result::payload);
        return result.build();
    }

    private SigV4aKey key(AwsCredentialsIdentity credentials) {
        SigV4aKey known = last;
        if (known == null || !known.isOf(credentials)) {
            known = SigV4aKey.of(credentials);
            last = known;
        }
        return known;
    }

    private static String canonical(
            SdkHttpRequest request, SortedMap<String, String> headers, String names, String payloadHash) {
        if (!request.rawQueryParameters().isEmpty()) {
            throw new IllegalArgumentException("A request with a query is not signed here");
        }
        String path = request.encodedPath().isEmpty() ? "/" : request.encodedPath();
        String lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        return String.join("\n", request.method().name(), path, "", lines, names, payloadHash);
    }

    /** What proxies leave alone. */
    private static SortedMap<String, String> headers(SdkHttpRequest.Builder request) {
        SortedMap<String, String> headers = new TreeMap<>();
        request.forEachHeader((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("host") || lower.equals("content-type") || lower.startsWith("x-amz-")) {
                headers.put(
                        lower,
                        values.stream()
                                .map(value -> value.trim().replaceAll(" +", " "))
                                .collect(Collectors.joining(",")));
            }
        });
        return headers;
    }

    private static String host(SdkHttpRequest request) {
        return SdkHttpUtils.isUsingStandardPort(request.protocol(), request.port())
                ? request.host()
                : request.host() + ":" + request.port();
    }

    private static String hash(ContentStreamProvider payload) {
        MessageDigest digest = sha256();
        if (payload != null) {
            try (InputStream content = payload.newStream()) {
                byte[] some = new byte[8192];
                for (int read = content.read(some); read >= 0; read = content.read(some)) {
                    digest.update(some, 0, read);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("A request cannot be read to be signed", e);
            }
        }
        return BinaryUtils.toHex(digest.digest());
    }

    private static String hex(MessageDigest digest, String text) {
        return BinaryUtils.toHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static String signature(SigV4aKey key, String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.key());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return BinaryUtils.toHex(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A request cannot be signed", e);
        }
    }

    @Override
    public CompletableFuture<AsyncSignedRequest> signAsync(AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
        return CompletableFuture.failedFuture(
                new UnsupportedOperationException("Clients of Kafila call AWS synchronously"));
    }
}
