package dev.kafila.sandbox;

import java.time.Instant;
import java.util.List;

/**
 * One PutEvents request as the sandbox received it.
 *
 * @param endpointId of a global endpoint, null: none
 * @param signature  with what the request was signed, null: not at all
 */
public record PutEvents(List<EventEntry> entries, String endpointId, Signature signature, Instant arrived) {

    public PutEvents {
        entries = List.copyOf(entries);
    }
}
