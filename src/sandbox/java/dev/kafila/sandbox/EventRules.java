package dev.kafila.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What EventBridge looks at in the entries of a request: their size together, and what lets one fail and not its neighbours. Where AWS says
 * the words of an error, they are these.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html">errors of an entry</a>
 */
final class EventRules {
    /** All entries of a request together stay below, in bytes; it was 256 KB until January 2026. */
    static final int REQUEST_LIMIT = 1_048_576;

    private static final int DETAIL_TYPE_LIMIT = 128;

    /** What a time can be in RFC 3339, in seconds since 1970. */
    private static final double FIRST_TIME =
            Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();

    private static final double LAST_TIME =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private EventRules() {}

    static boolean isTooLarge(List<EventEntry> entries, int limit) {
        return entries.stream().mapToLong(EventEntry::size).sum() >= limit;
    }

    /** Empty: nothing is wrong with the entry. */
    static Optional<EntryResult> failure(EventEntry entry) {
        if (isMissing(entry.source())) {
            return required("Source");
        }
        if (isMissing(entry.detailType())) {
            return required("DetailType");
        }
        if (isMissing(entry.detail())) {
            return required("Detail");
        }
        if (entry.detailType().length() > DETAIL_TYPE_LIMIT) {
            return invalid("DetailType", "It is longer than " + DETAIL_TYPE_LIMIT + " characters.");
        }
        if (entry.time() != null && !(entry.time() >= FIRST_TIME && entry.time() <= LAST_TIME)) {
            return invalid("Time", "It is not a time of RFC 3339.");
        }
        if (entry.resources().stream().anyMatch(String::isEmpty)) {
            return invalid("Resources", "A resource is empty.");
        }
        if (entry.source().startsWith("aws.")) {
            return failed("NotAuthorizedForSourceException", "Not authorized for the source.");
        }
        return JsonText.isObject(entry.detail().getBytes(StandardCharsets.UTF_8))
                ? Optional.empty()
                : failed("MalformedDetail", "Detail is malformed.");
    }

    private static boolean isMissing(String text) {
        return text == null || text.isEmpty();
    }

    private static Optional<EntryResult> required(String parameter) {
        return invalid(parameter, parameter + " is a required argument.");
    }

    private static Optional<EntryResult> invalid(String parameter, String reason) {
        return failed("InvalidArgument", "Parameter " + parameter + " is not valid. Reason: " + reason);
    }

    private static Optional<EntryResult> failed(String code, String message) {
        return Optional.of(EntryResult.failed(code, message));
    }
}
