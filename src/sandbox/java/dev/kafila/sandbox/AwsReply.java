package dev.kafila.sandbox;

import java.util.Map;
import java.util.TreeMap;

/**
 * An answer in the words of a protocol.
 *
 * @param answer   how it is to be given: at once, late, in half or not at all
 * @param text     null: no body
 * @param finished called once, when the answer was given or the client went away
 */
record AwsReply(Answer answer, int status, Map<String, String> headers, String text, Runnable finished) {

    /** A reply that no target counts: requests that AWS refuses before it knows whom they are for. */
    static AwsReply refusal(Answer answer, Map<String, String> headers, String text) {
        return new AwsReply(answer, answer.status(), headers, text, () -> {});
    }

    AwsReply with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new AwsReply(answer, status, more, text, finished);
    }
}
