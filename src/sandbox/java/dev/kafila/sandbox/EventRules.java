package dev.kafila.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What EventBridge refuses, a whole request or one entry of it. */
final class EventRules {
    /** All entries of a request together stay below, in bytes; it was 256 KB until January 2026. */
    static final int REQUEST_LIMIT = 1_048_576;

    private static final int MAX_ENTRIES = 10;
    private static final int DETAIL_TYPE_LIMIT = 128;

    private EventRules() {}

    static Optional<Answer> refusal(List<EventEntry> entries) {
        if (entries.isEmpty() || entries.size() > MAX_ENTRIES) {
            String message = "1 validation error detected: Value at 'entries' failed to satisfy constraint: "
                    + "Member must have length between 1 and " + MAX_ENTRIES;
            return Optional.of(Answer.status(400, "ValidationException", message));
        }
        if (entries.stream().mapToInt(EventEntry::size).sum() >= REQUEST_LIMIT) {
            String message = "Total size of the entries in the request is over the limit.";
            return Optional.of(Answer.status(413, "ValidationException", message));
        }
        return Optional.empty();
    }

    /** Null: nothing is wrong with the entry. */
    static String errorCode(EventEntry entry) {
        if (entry.source() == null || entry.detailType() == null || entry.detail() == null) {
            return "InvalidArgument";
        }
        if (entry.detailType().length() > DETAIL_TYPE_LIMIT) {
            return "InvalidArgument";
        }
        if (entry.source().startsWith("aws.")) {
            return "NotAuthorizedForSourceException";
        }
        return JsonText.isObject(entry.detail().getBytes(StandardCharsets.UTF_8)) ? null : "MalformedDetail";
    }
}
