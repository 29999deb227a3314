package dev.kafila.failure;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records to Kafka as camel-kafka's options say, but so that none is lost: a record is written when all replicas have it. The
 * producer is our own, as camel-kafka's writes headers from a map, which keeps neither order nor duplicates. Thread-safe.
 */
public final class DurableProducer implements AutoCloseable {
    /** The longest that a send may hold its thread when the topic or its brokers are not there: half of a default drain timeout. */
    public static final Duration MAX_BLOCK = Duration.ofSeconds(15);

    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Supplier<Map<String, Object>> client;
    private final Supplier<KafkaClientFactory> factory;
    private Producer<byte[], byte[]> producer;
    /** The one that will not write again, such as one that the cluster did not let in; null: there is none. */
    private volatile Producer<byte[], byte[]> broken;

    private boolean closed;

    private DurableProducer(Supplier<Map<String, Object>> client, Supplier<KafkaClientFactory> factory) {
        this.client = client;
        this.factory = factory;
    }

    /**
     * Connects to nothing before the first record: most flows never have one.
     *
     * @param overrides client properties that win over those of the endpoint
     */
    public DurableProducer(KafkaEndpoint endpoint, Map<String, String> overrides) {
        this(() -> clientProperties(endpoint, overrides), endpoint::getKafkaClientFactory);
    }

    /**
     * The same by a factory that knows how to reach the cluster: it is given what makes a producer durable, and no more. Each record goes
     * out by itself.
     *
     * @param factory asked again for a producer when the one before was not let in
     */
    public DurableProducer(KafkaClientFactory factory) {
        // Where a topic takes less than a batch of records, the client would split the batch into the same one for
        // ever.
        this(() -> Map.of(ProducerConfig.BATCH_SIZE_CONFIG, "0"), () -> factory);
    }

    /** Done when the record is acknowledged, failed when it cannot be made or written; never throws. */
    public CompletableFuture<RecordMetadata> send(Supplier<ProducerRecord<byte[], byte[]>> record) {
        CompletableFuture<RecordMetadata> written = new CompletableFuture<>();
        try {
            send(producer(), record.get(), written);
        } catch (RuntimeException e) {
            written.completeExceptionally(e);
        }
        return written;
    }

    private void send(
            Producer<byte[], byte[]> used,
            ProducerRecord<byte[], byte[]> record,
            CompletableFuture<RecordMetadata> written) {
        try {
            // The callback sees what the future would.
            var unused = used.send(record, (metadata, problem) -> {
                if (problem == null) {
                    written.complete(metadata);
                } else {
                    breakIfLost(used, problem);
                    written.completeExceptionally(problem);
                }
            });
        } catch (RuntimeException e) {
            breakIfLost(used, e);
            throw e;
        }
    }

    /**
     * Returns when the topic's partitions are known.
     *
     * @throws KafkaException a {@link org.apache.kafka.common.errors.TimeoutException} if that takes longer than {@code max.block.ms}
     */
    public void awaitTopic(String topic) {
        Producer<byte[], byte[]> current = producer();
        try {
            current.partitionsFor(topic);
        } catch (RuntimeException e) {
            breakIfLost(current, e);
            throw e;
        }
    }

    private void breakIfLost(Producer<byte[], byte[]> used, Exception problem) {
        boolean lost = problem instanceof AuthenticationException
                || problem instanceof ProducerFencedException
                || problem instanceof InvalidProducerEpochException
                || problem instanceof IllegalStateException
                // What the client throws once it is in a state that it does not leave.
                || problem.getClass() == KafkaException.class;
        if (lost) {
            broken = used;
        }
    }

    @SuppressWarnings("unchecked") // The factory's contract is a raw type.
    private synchronized Producer<byte[], byte[]> producer() {
        if (closed) {
            throw new IllegalStateException("The producer is closed");
        }
        if (producer != null && producer == broken) {
            // A password that was changed is read when a client is made.
            broken = null;
            producer.close(Duration.ZERO);
            producer = null;
        }
        if (producer == null) {
            producer = factory.get().getProducer(producerProperties());
        }
        return producer;
    }

    /** How to reach the cluster, for any other client of it. */
    public Map<String, Object> clientProperties() {
        return client.get();
    }

    private static Map<String, Object> clientProperties(KafkaEndpoint endpoint, Map<String, String> overrides) {
        Properties properties = endpoint.getConfiguration().createProducerProperties();
        endpoint.updateClassProperties(properties);
        String brokers = endpoint.getKafkaClientFactory().getBrokers(endpoint.getConfiguration());
        if (brokers != null) {
            properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        }
        properties.putAll(overrides);
        Map<String, Object> client = new HashMap<>();
        properties.forEach((name, value) -> client.put(String.valueOf(name), value));
        return client;
    }

    private Properties producerProperties() {
        Properties properties = new Properties();
        properties.putAll(clientProperties());
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
        String longest = String.valueOf(MAX_BLOCK.toMillis());
        String block = String.valueOf(properties.getOrDefault(ProducerConfig.MAX_BLOCK_MS_CONFIG, longest));
        properties.put(
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                String.valueOf(Math.min(MAX_BLOCK.toMillis(), Long.parseLong(block))));
        return properties;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (producer != null) {
            producer.close(CLOSE);
            producer = null;
        }
    }
}
