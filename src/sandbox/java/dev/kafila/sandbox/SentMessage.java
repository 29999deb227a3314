package dev.kafila.sandbox;

import java.time.Instant;

/**
 * One message for a queue or a topic as the sandbox received it.
 *
 * @param to              name of the queue or topic
 * @param account         of the queue or topic
 * @param groupId         null: none was sent
 * @param deduplicationId null: none was sent
 * @param signature       with what the request was signed, null: not at all
 * @param id              that it is answered with
 */
public record SentMessage(
        String to,
        String account,
        String body,
        String groupId,
        String deduplicationId,
        Signature signature,
        Instant arrived,
        String id) {

    /** Whether it is for a queue or topic that takes each message once. */
    boolean isFifo() {
        return to.endsWith(".fifo");
    }
}
