package dev.kafila.eventbridge;

import dev.kafila.format.PayloadBuffer;
import dev.kafila.record.KafkaRecord;

/** What the detail-type of an event is. */
final class DetailType {
    private static final String TOPIC = "${topic}";
    private static final String DEFAULT = "kafka-connect-" + TOPIC;

    private final String template;

    private DetailType(String template) {
        this.template = template;
    }

    static DetailType of(String text) {
        return new DetailType(text.isEmpty() ? DEFAULT : text);
    }

    /** @param detail of the record, whole */
    String of(KafkaRecord record, PayloadBuffer detail) {
        return template.replace(TOPIC, record.topic());
    }
}
