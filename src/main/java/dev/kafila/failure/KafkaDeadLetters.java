package dev.kafila.failure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes dead letters to a topic: the original key, value, headers and timestamp, and the reason in further headers. The producer is
 * our own, as camel-kafka's writes headers from a map, which keeps neither order nor duplicates.
 */
final class KafkaDeadLetters implements DeadLetterTarget {
    private static final Duration CLOSE = Duration.ofSeconds(5);

    /** The longest that a send may hold its thread when the topic or its brokers are not there: half of a default drain timeout. */
    private static final long MAX_BLOCK_MILLIS = 15_000;

    private final KafkaEndpoint endpoint;
    private final String topic;
    private Producer<byte[], byte[]> producer;

    KafkaDeadLetters(KafkaEndpoint endpoint) {
        this.endpoint = endpoint;
        this.topic = endpoint.getConfiguration().getTopic();
    }

    @Override
    public boolean isSourceOf(FailedRecord failed) {
        return failed.record().topic().equals(topic);
    }

    @Override
    public CompletableFuture<Void> write(FailedRecord failed, Map<String, String> fields) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        try {
            // The callback sees what the future would.
            var unused = producer().send(deadLetter(failed.record(), fields), (metadata, problem) -> {
                if (problem == null) {
                    written.complete(null);
                } else {
                    written.completeExceptionally(problem);
                }
            });
        } catch (RuntimeException e) {
            written.completeExceptionally(e);
        }
        return written;
    }

    private ProducerRecord<byte[], byte[]> deadLetter(
            ConsumerRecord<byte[], byte[]> record, Map<String, String> fields) {
        Headers headers = new RecordHeaders();
        for (Header header : record.headers()) {
            // What an earlier dead letter said is replaced, else a record that comes back again and again grows.
            if (!fields.containsKey(header.key())) {
                headers.add(header);
            }
        }
        fields.forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        Long timestamp = record.timestamp() < 0 ? null : record.timestamp();
        return new ProducerRecord<>(topic, null, timestamp, record.key(), record.value(), headers);
    }

    /** Made for the first dead letter: most flows never have one. */
    @SuppressWarnings("unchecked") // The factory's contract is a raw type.
    private synchronized Producer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = endpoint.getKafkaClientFactory().getProducer(properties());
        }
        return producer;
    }

    private Properties properties() {
        Properties properties = endpoint.getConfiguration().createProducerProperties();
        endpoint.updateClassProperties(properties);
        String brokers = endpoint.getKafkaClientFactory().getBrokers(endpoint.getConfiguration());
        if (brokers != null) {
            properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        }
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        // Idempotence allows neither fewer retries nor more requests in flight.
        properties.remove(ProducerConfig.RETRIES_CONFIG);
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "5");
        properties.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        // A record of the greatest size that its topic takes is larger as a dead letter. The broker decides, not this
        // side.
        properties.put(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                String.valueOf(properties.getOrDefault(ProducerConfig.BUFFER_MEMORY_CONFIG, "33554432")));
        String block = String.valueOf(properties.getOrDefault(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS));
        properties.put(
                ProducerConfig.MAX_BLOCK_MS_CONFIG, String.valueOf(Math.min(MAX_BLOCK_MILLIS, Long.parseLong(block))));
        return properties;
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(CLOSE);
            producer = null;
        }
    }

    @Override
    public String toString() {
        return "kafka:" + topic;
    }
}
