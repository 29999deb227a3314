package dev.kafila.sandbox;

import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/**
 * An object in a bucket of the sandbox.
 *
 * @param contentType as it was sent; {@code binary/octet-stream} if it was not
 * @param eTag        in quotes, as S3 sends it
 * @param checksums   the {@code x-amz-checksum-*} that came with it, names in lower case
 */
public record StoredObject(SdkBytes content, String contentType, String eTag, Map<String, String> checksums) {

    public StoredObject {
        checksums = Map.copyOf(checksums);
    }

    /** The content as text. */
    public String text() {
        return content.asUtf8String();
    }
}
