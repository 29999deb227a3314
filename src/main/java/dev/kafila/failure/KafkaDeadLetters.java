package dev.kafila.failure;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.apache.camel.component.kafka.KafkaEndpoint;

/** Writes dead letters to a topic. */
final class KafkaDeadLetters implements DeadLetterTarget {
    private final TargetTopic topic;
    /** Whether the topic is on another cluster than the records, where its name means nothing. */
    private final boolean elsewhere;

    private final DurableProducer producer;
    private final TargetTopics topics;

    /** @param size parameters {@code topicPartitions} and {@code topicReplication}; empty: not set */
    KafkaDeadLetters(KafkaEndpoint endpoint, UnaryOperator<String> size) {
        this.topic = TargetTopic.of("topic", endpoint.getConfiguration().getTopic(), size);
        String common = endpoint.getComponent().getConfiguration().getBrokers();
        this.elsewhere =
                common != null && !common.equals(endpoint.getConfiguration().getBrokers());
        this.producer = new DurableProducer(endpoint, Map.of());
        this.topics = new TargetTopics(producer::clientProperties);
    }

    @Override
    public void prepare() throws InterruptedException {
        topics.require(topic);
    }

    @Override
    public boolean isSourceOf(FailedRecord failed) {
        return !elsewhere && failed.record().topic().equals(topic.name());
    }

    @Override
    public CompletableFuture<?> write(FailedRecord failed, Map<String, String> fields) {
        return producer.send(() -> DeadLetterRecord.of(topic.name(), failed, fields))
                .whenComplete((written, problem) -> {
                    if (problem != null) {
                        topics.forget(topic);
                    }
                });
    }

    @Override
    public void close() {
        producer.close();
    }

    @Override
    public String toString() {
        return "kafka:" + topic.name();
    }
}
