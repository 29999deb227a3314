package dev.kafila.gateway.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A request to write one record, valid in itself. Whether its body fits a schema is another matter.
 *
 * @param topic          not empty; one that may be written to
 * @param body           not empty
 * @param key            null: the record has none
 * @param headers        of the record, in the order of the request
 * @param idempotencyKey null: a repetition is published again
 * @param verbose        whether the answer names the record's place; null: as the settings say
 */
public record PublishRequest(
        String topic,
        ObjectNode body,
        String key,
        Map<String, String> headers,
        String idempotencyKey,
        Boolean verbose) {

    /** Names no value: any may be a secret. */
    @Override
    public String toString() {
        return "PublishRequest[topic=" + topic + "]";
    }
}
