package dev.kafila.mapping.api;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.utils.BinaryUtils;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Verifies that whoever sent a request has one of the keys: Signature Version 4 in its header form, over the request and its body.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create a signed request</a>
 */
final class Signatures {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String SERVICE = "lambda";

    private static final Pattern AUTHORIZATION = Pattern.compile(
            ALGORITHM
                    + " +Credential=([^/,\\s]+)/(\\d{8})/([\\w-]+)/([\\w-]+)/aws4_request, *SignedHeaders=([a-z0-9;._-]+), *Signature=([0-9a-f]{64})");

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** AWS's. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final Map<String, String> secretKeys = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Clock clock;

    /** @param secretKeys by the ids of the access keys, in any case */
    Signatures(Map<String, String> secretKeys, Clock clock) {
        this.secretKeys.putAll(secretKeys);
        this.clock = clock;
    }

    /** @throws ApiException unless it is signed with one of the keys, a short while ago */
    void verify(ApiRequest request) {
        String header = request.header("authorization");
        if (header == null) {
            throw new ApiException(ApiError.UNSIGNED, "Missing Authentication Token");
        }
        Matcher authorization = AUTHORIZATION.matcher(header);
        String stamp = request.header("x-amz-date");
        if (!authorization.matches() || stamp == null) {
            throw new ApiException(
                    ApiError.INCOMPLETE_SIGNATURE,
                    "An Authorization header of " + ALGORITHM + " and X-Amz-Date are needed");
        }
        String secretKey = secretKeys.get(authorization.group(1));
        if (secretKey == null) {
            throw new ApiException(ApiError.UNKNOWN_KEY, "The security token included in the request is invalid.");
        }
        requireFresh(stamp);
        List<String> signed = List.of(authorization.group(5).split(";"));
        requireSigned(request, signed);
        Scope scope = new Scope(authorization.group(2), authorization.group(3), authorization.group(4));
        if (!stamp.startsWith(scope.date()) || !scope.service().equals(SERVICE)) {
            throw wrong("Credential should be scoped to the day of X-Amz-Date and to the service " + SERVICE);
        }
        byte[] expected = signature(secretKey, scope, stamp, canonical(request, signed));
        if (!MessageDigest.isEqual(expected, BinaryUtils.fromHex(authorization.group(6)))) {
            throw wrong("The request signature we calculated does not match the signature you provided."
                    + " Check your AWS Secret Access Key and signing method.");
        }
    }

    private void requireFresh(String stamp) {
        Instant now = clock.instant();
        try {
            Instant signed = STAMP.parse(stamp, Instant::from);
            if (signed.isBefore(now.minus(TOLERANCE))) {
                throw wrong("Signature expired: " + stamp + " is now earlier than " + STAMP.format(now.minus(TOLERANCE))
                        + " (" + STAMP.format(now) + " - 5 min.)");
            }
            if (signed.isAfter(now.plus(TOLERANCE))) {
                throw wrong("Signature not yet current: " + stamp + " is still later than "
                        + STAMP.format(now.plus(TOLERANCE)) + " (" + STAMP.format(now) + " + 5 min.)");
            }
        } catch (DateTimeParseException e) {
            throw new ApiException(ApiError.INCOMPLETE_SIGNATURE, "X-Amz-Date must be like 20260131T060000Z", e);
        }
    }

    /** Else somebody on the way could change what a header says. */
    private static void requireSigned(ApiRequest request, List<String> signed) {
        Set<String> needed = request.headers().keySet().stream()
                .filter(name -> name.startsWith("x-amz-"))
                .collect(Collectors.toCollection(TreeSet::new));
        needed.add("host");
        needed.removeAll(signed);
        if (!needed.isEmpty()) {
            throw wrong("There were headers which were not signed: " + String.join(", ", needed));
        }
    }

    private static ApiException wrong(String message) {
        return new ApiException(ApiError.WRONG_SIGNATURE, message);
    }

    private record Scope(String date, String region, String service) {
        @Override
        public String toString() {
            return date + "/" + region + "/" + service + "/aws4_request";
        }
    }

    private static String canonical(ApiRequest request, List<String> signed) {
        String query = new TreeMap<>(request.query())
                .entrySet().stream()
                        .flatMap(parameter -> parameter.getValue().stream()
                                .sorted()
                                .map(value -> encode(parameter.getKey()) + "=" + encode(value)))
                        .collect(Collectors.joining("&"));
        String headers = signed.stream()
                .map(name -> name + ":" + value(request.headers().getOrDefault(name, List.of())) + "\n")
                .collect(Collectors.joining());
        return String.join(
                "\n",
                request.method(),
                SdkHttpUtils.urlEncodeIgnoreSlashes(request.path()),
                query,
                headers,
                String.join(";", signed),
                BinaryUtils.toHex(sha256(request.body().asByteArrayUnsafe())));
    }

    private static String encode(String text) {
        return SdkHttpUtils.urlEncode(text);
    }

    private static String value(List<String> values) {
        return values.stream().map(value -> value.trim().replaceAll(" +", " ")).collect(Collectors.joining(","));
    }

    private static byte[] signature(String secretKey, Scope scope, String stamp, String canonical) {
        byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(scope.date(), scope.region(), scope.service(), "aws4_request")) {
            key = hmac(key, part);
        }
        String hash = BinaryUtils.toHex(sha256(canonical.getBytes(StandardCharsets.UTF_8)));
        return hmac(key, String.join("\n", ALGORITHM, stamp, scope.toString(), hash));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
