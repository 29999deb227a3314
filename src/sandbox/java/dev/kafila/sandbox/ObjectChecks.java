package dev.kafila.sandbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** Whether what arrived is what was sent, as S3 finds out. Checksums that the JDK cannot compute are taken as they are. */
final class ObjectChecks {
    static final String CHECKSUM = "x-amz-checksum-";

    private ObjectChecks() {}

    /** @param headers those of the request and those that followed its body */
    static Optional<Answer> refusal(byte[] content, Map<String, String> headers) {
        String declared = headers.get("x-amz-decoded-content-length");
        if (declared != null && !declared.equals(String.valueOf(content.length))) {
            return Optional.of(Answer.status(
                    400,
                    "IncompleteBody",
                    "You did not provide the number of bytes specified by the Content-Length HTTP header"));
        }
        String signed = headers.getOrDefault("x-amz-content-sha256", "");
        if (signed.length() == 64 && !signed.equals(HexFormat.of().formatHex(digest("SHA-256", content)))) {
            return Optional.of(Answer.status(
                    400,
                    "XAmzContentSHA256Mismatch",
                    "The provided 'x-amz-content-sha256' header does not match what was computed."));
        }
        return headers.entrySet().stream()
                .filter(header -> !matches(header.getKey(), header.getValue(), content))
                .findFirst()
                .map(header -> Answer.status(
                        400, "BadDigest", "The " + header.getKey() + " you specified did not match what we received."));
    }

    static String eTag(byte[] content) {
        return '"' + HexFormat.of().formatHex(digest("MD5", content)) + '"';
    }

    /** In hexadecimal digits, as queues tell it. */
    static String md5(String text) {
        return HexFormat.of().formatHex(digest("MD5", text.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean matches(String header, String value, byte[] content) {
        byte[] computed =
                switch (header) {
                    case CHECKSUM + "crc32" -> cyclic(new CRC32(), content);
                    case CHECKSUM + "crc32c" -> cyclic(new CRC32C(), content);
                    case CHECKSUM + "sha1" -> digest("SHA-1", content);
                    case CHECKSUM + "sha256" -> digest("SHA-256", content);
                    case "content-md5" -> digest("MD5", content);
                    default -> null;
                };
        return computed == null || Base64.getEncoder().encodeToString(computed).equals(value);
    }

    private static byte[] cyclic(Checksum checksum, byte[] content) {
        checksum.update(content);
        return ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) checksum.getValue())
                .array();
    }

    private static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has " + algorithm, e);
        }
    }
}
