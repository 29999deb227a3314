package dev.kafila.eventbridge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import software.amazon.awssdk.core.SdkBytes;

/**
 * What S3 holds instead of an entry.
 *
 * @param key     of the object: made of the content, so that a further attempt writes no other object
 * @param content JSON in UTF-8
 */
record Upload(String key, SdkBytes content) {

    /** The upload of a JSON value, under its SHA-256 in lower-case hexadecimal digits. */
    static Upload of(String json) {
        byte[] content = json.getBytes(StandardCharsets.UTF_8);
        return new Upload(HexFormat.of().formatHex(sha256(content)), SdkBytes.fromByteArrayUnsafe(content));
    }

    /** The same SHA-256 as S3 wants to be told it: it refuses a content that is not what the key says. */
    String checksum() {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(key));
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Names the object, never its content. */
    @Override
    public String toString() {
        return "Upload[" + key + "]";
    }
}
