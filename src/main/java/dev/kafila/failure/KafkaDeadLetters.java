package dev.kafila.failure;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.component.kafka.KafkaEndpoint;

/** Writes dead letters to a topic. */
final class KafkaDeadLetters implements DeadLetterTarget {
    private final String topic;
    /** Whether the topic is on another cluster than the records, where its name means nothing. */
    private final boolean elsewhere;

    private final DurableProducer producer;

    KafkaDeadLetters(KafkaEndpoint endpoint) {
        this.topic = endpoint.getConfiguration().getTopic();
        String common = endpoint.getComponent().getConfiguration().getBrokers();
        this.elsewhere =
                common != null && !common.equals(endpoint.getConfiguration().getBrokers());
        this.producer = new DurableProducer(endpoint, Map.of());
    }

    @Override
    public boolean isSourceOf(FailedRecord failed) {
        return !elsewhere && failed.record().topic().equals(topic);
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
