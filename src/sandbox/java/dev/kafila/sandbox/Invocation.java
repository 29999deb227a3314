package dev.kafila.sandbox;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/**
 * One Invoke request as the sandbox received it.
 *
 * @param function  the name, whatever form of ARN was called
 * @param qualifier version or alias, null: none was asked for
 * @param type      {@code RequestResponse}, {@code Event} or {@code DryRun}
 * @param headers   the {@code x-amz-*} headers and {@code user-agent}, names in lower case
 * @param signature with what the request was signed, null: not at all
 */
public record Invocation(
        String function,
        String qualifier,
        String type,
        SdkBytes payload,
        Map<String, String> headers,
        Signature signature,
        Instant arrived,
        String requestId) {

    public Invocation {
        headers = Map.copyOf(headers);
    }

    /** The payload as text. */
    public String text() {
        return payload.asUtf8String();
    }
}
