package dev.kafila.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A body in S3's encoding {@code aws-chunked}: what it holds, and the headers that follow it. The signatures of the chunks are not
 * verified.
 *
 * @param trailers names in lower case
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html">the encoding</a>
 */
record AwsChunks(SdkBytes content, Map<String, String> trailers) {
    private static final byte[] LINE_END = {'\r', '\n'};

    /** @throws IllegalArgumentException if the body is not encoded so, or not complete */
    static AwsChunks decode(byte[] body) {
        return new Decoder(body).decode();
    }

    private static final class Decoder {
        private final byte[] body;
        private int at;

        Decoder(byte[] body) {
            this.body = body;
        }

        AwsChunks decode() {
            ByteArrayOutputStream content = new ByteArrayOutputStream(body.length);
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                if (size > body.length - at) {
                    throw new IllegalArgumentException("a chunk is cut off");
                }
                content.write(body, at, size);
                at += size;
                expectLineEnd();
            }
            Map<String, String> trailers = new TreeMap<>();
            for (String line = line(); !line.isEmpty(); line = at < body.length ? line() : "") {
                int colon = line.indexOf(':');
                if (colon < 1) {
                    throw new IllegalArgumentException("a trailing header has no name");
                }
                trailers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
            return new AwsChunks(SdkBytes.fromByteArrayUnsafe(content.toByteArray()), trailers);
        }

        private int chunkSize() {
            return Integer.parseUnsignedInt(line().split(";", -1)[0].trim(), 16);
        }

        private String line() {
            int end = at;
            while (end < body.length && body[end] != '\r') {
                end++;
            }
            String line = new String(body, at, end - at, StandardCharsets.UTF_8);
            at = end;
            expectLineEnd();
            return line;
        }

        private void expectLineEnd() {
            for (byte expected : LINE_END) {
                if (at >= body.length || body[at] != expected) {
                    throw new IllegalArgumentException("a line does not end");
                }
                at++;
            }
        }
    }
}
