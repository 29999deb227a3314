package dev.kafila.sandbox;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * What a client logs in to MSK with: a request that nobody sends, presigned with Signature Version 4 over its query.
 *
 * @see <a href="https://github.com/aws/aws-msk-iam-auth#details">the message's fields</a>
 */
final class IamRequest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final Pattern CREDENTIAL =
            Pattern.compile("([^/]+)/((\\d{8})/([\\w-]+)/(kafka-cluster)/(aws4_request))");

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** What is signed, by the names of the message. */
    private static final Map<String, String> QUERY = Map.of(
            "action", "Action",
            "x-amz-algorithm", "X-Amz-Algorithm",
            "x-amz-credential", "X-Amz-Credential",
            "x-amz-date", "X-Amz-Date",
            "x-amz-expires", "X-Amz-Expires",
            "x-amz-security-token", "X-Amz-Security-Token",
            "x-amz-signedheaders", "X-Amz-SignedHeaders");

    private final Map<String, String> fields;
    private final Matcher credential;

    private IamRequest(Map<String, String> fields) {
        this.fields = fields;
        credential = CREDENTIAL.matcher(field("x-amz-credential"));
    }

    static IamRequest of(byte[] message) {
        try {
            return new IamRequest(JSON.readValue(message, new TypeReference<Map<String, String>>() {}));
        } catch (IOException e) {
            throw refused("the message is no object of texts", e);
        }
    }

    /**
     * Whose request this is, by the id of the key.
     *
     * @param host that the client connects to
     */
    String verify(String host, Map<String, String> secretKeys, Instant now) {
        require(field("version").equals("2020_10_22"), "version");
        require(field("action").equals("kafka-cluster:Connect"), "action");
        require(field("host").equals(host), "host");
        require(field("x-amz-algorithm").equals(ALGORITHM), "x-amz-algorithm");
        require(field("x-amz-signedheaders").equals("host"), "x-amz-signedheaders");
        require(!field("user-agent").isEmpty(), "user-agent");
        require(credential.matches() && field("x-amz-date").startsWith(credential.group(3)), "x-amz-credential");
        requireCurrent(now);
        String secretKey = secretKeys.get(credential.group(1));
        require(secretKey != null && field("x-amz-signature").equals(signature(secretKey)), "x-amz-signature");
        return credential.group(1);
    }

    private void requireCurrent(Instant now) {
        try {
            Instant signed = STAMP.parse(field("x-amz-date"), Instant::from);
            Duration valid = Duration.ofSeconds(Integer.parseInt(field("x-amz-expires")));
            // AWS's client asks for 15 minutes, and its brokers allow no more.
            require(valid.compareTo(Duration.ofMinutes(15)) <= 0, "x-amz-expires");
            require(signed.isBefore(now.plus(Duration.ofMinutes(5))), "x-amz-date");
            require(now.isBefore(signed.plus(valid)), "x-amz-expires");
        } catch (DateTimeParseException | NumberFormatException e) {
            throw refused("x-amz-date or x-amz-expires", e);
        }
    }

    private String signature(String secretKey) {
        Map<String, String> query = new TreeMap<>();
        QUERY.forEach((name, parameter) -> {
            if (fields.containsKey(name)) {
                query.put(parameter, SdkHttpUtils.urlEncode(field(name)));
            }
        });
        String canonical = String.join(
                "\n",
                "GET",
                "/",
                query.entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining("&")),
                "host:" + field("host") + "\n",
                "host",
                hash(""));
        byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (int part = 3; part <= credential.groupCount(); part++) {
            key = hmac(key, credential.group(part));
        }
        String toSign = String.join("\n", ALGORITHM, field("x-amz-date"), credential.group(2), hash(canonical));
        return HexFormat.of().formatHex(hmac(key, toSign));
    }

    private String field(String name) {
        return fields.getOrDefault(name, "");
    }

    private static void require(boolean right, String field) {
        if (!right) {
            throw refused(field + " is not right", null);
        }
    }

    private static SaslAuthenticationException refused(String reason, Exception cause) {
        return new SaslAuthenticationException("Access denied: " + reason, cause);
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

    private static String hash(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
