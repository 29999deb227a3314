package dev.kafila.batch;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * Where a new group begins.
 *
 * @param kind what is meant
 * @param time for {@link Kind#TIME} the instant whose first record is the first to be consumed, else null
 */
record StartingPosition(Kind kind, Instant time) {
    enum Kind {
        EARLIEST,
        LATEST,
        TIME
    }

    static StartingPosition parse(String text) {
        return switch (text) {
            case "earliest" -> new StartingPosition(Kind.EARLIEST, null);
            case "latest" -> new StartingPosition(Kind.LATEST, null);
            default -> new StartingPosition(Kind.TIME, time(text));
        };
    }

    static StartingPosition at(Instant time) {
        return new StartingPosition(Kind.TIME, time);
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "startingPosition=" + text
                            + " is neither earliest nor latest nor an ISO-8601 time with an offset such as 2026-01-31T00:00:00Z",
                    e);
        }
    }
}
