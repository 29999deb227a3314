package dev.kafila.sandbox;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer in the words of a protocol.
 *
 * @param answer   how it is to be given: at once, late, in half or not at all
 * @param finished called once, when the answer was given or the client went away
 * @param body     may be empty
 */
record AwsReply(Answer answer, int status, Map<String, String> headers, Runnable finished, Buffer body) {

    /** @param text in UTF-8; null: no body */
    AwsReply(Answer answer, int status, Map<String, String> headers, String text, Runnable finished) {
        this(answer, status, headers, finished, text == null ? Buffer.buffer() : Buffer.buffer(text));
    }

    /** A reply that no target counts: requests that AWS refuses before it knows whom they are for. */
    static AwsReply refusal(Answer answer, Map<String, String> headers, String text) {
        return new AwsReply(answer, answer.status(), headers, text, () -> {});
    }

    AwsReply with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new AwsReply(answer, status, more, finished, body);
    }
}
