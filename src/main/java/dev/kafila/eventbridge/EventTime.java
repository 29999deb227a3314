package dev.kafila.eventbridge;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.kafila.record.KafkaRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The time of events: EventBridge's own, that of the record, or what a record says. */
final class EventTime {
    private static final String PARAMETER = "time";

    /** The year 5138 in seconds, March 1973 in milliseconds. */
    private static final BigDecimal LEAST_MILLIS = BigDecimal.valueOf(100_000_000_000L);

    /** The year 5138: what is more is microseconds, or no time. */
    private static final BigDecimal MOST_MILLIS = BigDecimal.valueOf(100_000_000_000_000L);

    private final boolean ofRecord;
    /** Null: no record says it. */
    private final DetailPath path;

    private EventTime(boolean ofRecord, DetailPath path) {
        this.ofRecord = ofRecord;
        this.path = path;
    }

    /**
     * Reads the parameter.
     *
     * @param text {@code record} or a JSONPath; empty: EventBridge's own
     * @throws IllegalArgumentException if it is neither, with the name of the parameter
     */
    static EventTime of(String text) {
        if (text.startsWith("$")) {
            return new EventTime(false, DetailPath.of(PARAMETER, text));
        }
        if (!text.isEmpty() && !text.equals("record")) {
            throw new IllegalArgumentException(
                    PARAMETER + ": '" + text + "' is neither record nor a JSONPath such as $.detail.value.time");
        }
        return new EventTime(!text.isEmpty(), null);
    }

    /**
     * The time of one event; throws {@link UnfitException} if the record says something else than a time.
     *
     * @return null if nothing says it: then it is when EventBridge gets the event
     */
    Instant of(KafkaRecord record, String detail) {
        if (ofRecord) {
            return record.timestamp() == ConsumerRecord.NO_TIMESTAMP ? null : Instant.ofEpochMilli(record.timestamp());
        }
        return path == null ? null : path.read(detail, this::said);
    }

    private Instant said(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        Instant time = token == JsonToken.VALUE_STRING
                ? iso(json.getText())
                : token.isNumeric() ? epoch(json.getDecimalValue()) : null;
        if (time == null) {
            throw new UnfitException(path
                    + " is neither a time in ISO 8601 with its zone nor one in seconds or milliseconds since 1970");
        }
        return time;
    }

    /** Null if it is no time. */
    private static Instant iso(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Null if it is no time. */
    private static Instant epoch(BigDecimal number) {
        if (number.signum() < 0 || number.compareTo(MOST_MILLIS) >= 0) {
            return null;
        }
        BigDecimal millis = number.compareTo(LEAST_MILLIS) < 0 ? number.movePointRight(3) : number;
        return Instant.ofEpochMilli(millis.longValue());
    }
}
