package dev.kafila.mapping.destination;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.kafila.delivery.RecordTooOldException;
import dev.kafila.failure.FailedRecord;
import dev.kafila.failure.FailureKind;
import dev.kafila.failure.Invocation;
import dev.kafila.lambda.EventWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What AWS writes about an invocation that failed, as JSON. A part that is told of again, since nobody knows whether it was, makes the same
 * text to the last byte.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html">Capturing discarded batches</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure-destination.html">Kafka topics as destinations</a>
 */
final class FailureRecords {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Origin origin;
    private final EventWriter events;

    FailureRecords(Origin origin, EventWriter events) {
        this.origin = origin;
        this.events = events;
    }

    /** What a queue or topic of AWS gets: no event. */
    String described(FailedPart part) {
        return text(batch(part, event(part)));
    }

    /** What a bucket gets: the event as text. */
    byte[] withEventAsText(FailedPart part) {
        byte[] event = event(part);
        return text(batch(part, event).put("payload", new String(event, StandardCharsets.UTF_8)))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What a topic of Kafka gets for a record: the event as an object. */
    byte[] withEvent(FailedPart one) {
        byte[] event = event(one);
        ObjectNode record = single(one, event);
        record.putRawValue("payload", new RawValue(new String(event, StandardCharsets.UTF_8)));
        return text(record).getBytes(StandardCharsets.UTF_8);
    }

    /** The same where the event does not fit. */
    byte[] withoutEvent(FailedPart one) {
        return text(single(one, event(one))).getBytes(StandardCharsets.UTF_8);
    }

    /** The same for the same part of the same failure, whenever it is asked for. */
    UUID id(FailedPart part) {
        String name = origin.uuid() + " " + part.coordinates() + " "
                + part.first().lastFailure().toEpochMilli();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] event(FailedPart part) {
        return events.write(part.sources());
    }

    private ObjectNode batch(FailedPart part, byte[] event) {
        ObjectNode record = failure(part, "RetryAttemptsExhausted");
        ObjectNode info = info(record, part, event).putObject("recordsInfo").putObject(part.partition());
        ConsumerRecord<?, ?> first = part.first().record();
        ConsumerRecord<?, ?> last = part.last().record();
        info.put("firstRecordOffset", String.valueOf(first.offset()));
        info.put("lastRecordOffset", String.valueOf(last.offset()));
        timestamp(info, "firstRecordTimestamp", first);
        timestamp(info, "lastRecordTimestamp", last);
        return record;
    }

    private ObjectNode single(FailedPart one, byte[] event) {
        ObjectNode record = failure(one, "RetriesExhausted");
        ObjectNode info = info(record, one, event).putObject("recordInfo");
        info.put("offset", String.valueOf(one.first().record().offset()));
        timestamp(info, "timestamp", one.first().record());
        return record;
    }

    private ObjectNode failure(FailedPart part, String exhausted) {
        FailedRecord failed = part.first();
        Invocation answer = failed.answer();
        ObjectNode record = JSON.createObjectNode();
        ObjectNode request = record.putObject("requestContext");
        request.put(
                "requestId", answer == null || answer.requestId().isEmpty() ? id(part).toString() : answer.requestId());
        request.put("functionArn", origin.functionArn());
        request.put("condition", condition(failed, exhausted));
        request.put("approximateInvokeCount", failed.attempts());
        if (answer == null || failed.failure().kind() == FailureKind.TOO_LARGE) {
            record.putNull("responseContext");
        } else {
            ObjectNode response = record.putObject("responseContext");
            response.put("statusCode", answer.status());
            putUnlessEmpty(response, "executedVersion", answer.executedVersion());
            putUnlessEmpty(response, "functionError", answer.functionError());
        }
        record.put("version", "1.0");
        record.put("timestamp", time(failed.lastFailure()));
        return record;
    }

    private static String condition(FailedRecord failed, String exhausted) {
        if (failed.failure().kind() == FailureKind.TOO_LARGE) {
            return "MaximumPayloadSizeExceeded";
        }
        return failed.failure().code().equals(RecordTooOldException.CODE) ? "RecordAgeExceeded" : exhausted;
    }

    private ObjectNode info(ObjectNode record, FailedPart part, byte[] event) {
        ObjectNode info = record.putObject("KafkaBatchInfo");
        info.put("batchSize", part.size());
        if (origin.eventSourceArn() != null) {
            info.put("eventSourceArn", origin.eventSourceArn());
        }
        info.put("bootstrapServers", origin.bootstrapServers());
        info.put("payloadSize", event.length);
        return info;
    }

    /** Nothing for a record without one. */
    private static void timestamp(ObjectNode info, String name, ConsumerRecord<?, ?> record) {
        if (record.timestamp() >= 0) {
            info.put(name, time(Instant.ofEpochMilli(record.timestamp())));
        }
    }

    private static void putUnlessEmpty(ObjectNode object, String name, String value) {
        if (!value.isEmpty()) {
            object.put(name, value);
        }
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }

    private static String text(ObjectNode record) {
        try {
            return JSON.writeValueAsString(record);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of JSON cannot be written as JSON", e);
        }
    }
}
