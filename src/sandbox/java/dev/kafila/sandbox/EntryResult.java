package dev.kafila.sandbox;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * What became of one entry of a request: it has either an id or an error.
 *
 * @param eventId      null: the entry failed
 * @param errorCode    null: the entry was taken
 * @param errorMessage null: the entry was taken
 */
public record EntryResult(String eventId, String errorCode, String errorMessage) {

    static EntryResult taken() {
        return new EntryResult(UUID.randomUUID().toString(), null, null);
    }

    static EntryResult failed(String errorCode, String errorMessage) {
        return new EntryResult(null, errorCode, errorMessage);
    }

    /** The entries of a request that were taken. */
    static List<EventEntry> taken(PutEvents request, List<EntryResult> results) {
        return IntStream.range(0, results.size())
                .filter(index -> results.get(index).isTaken())
                .mapToObj(request.entries()::get)
                .toList();
    }

    public boolean isTaken() {
        return eventId != null;
    }

    /** As it is on the wire. */
    Map<String, String> members() {
        return isTaken() ? Map.of("EventId", eventId) : Map.of("ErrorCode", errorCode, "ErrorMessage", errorMessage);
    }
}
