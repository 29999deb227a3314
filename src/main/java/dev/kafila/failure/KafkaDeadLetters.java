package dev.kafila.failure;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.component.kafka.KafkaEndpoint;

/** Writes dead letters to a topic. */
final class KafkaDeadLetters implements DeadLetterTarget {
    private final String topic;
    private final DurableProducer producer;

    KafkaDeadLetters(KafkaEndpoint endpoint) {
        this.topic = endpoint.getConfiguration().getTopic();
        this.producer = new DurableProducer(endpoint, Map.of());
    }

    @Override
    public boolean isSourceOf(FailedRecord failed) {
        return failed.record().topic().equals(topic);
    }

    @Override
    public CompletableFuture<Void> write(FailedRecord failed, Map<String, String> fields) {
        return producer.send(() -> DeadLetterRecord.of(topic, failed, fields));
    }

    @Override
    public void close() {
        producer.close();
    }

    @Override
    public String toString() {
        return "kafka:" + topic;
    }
}
