package dev.kafila.mapping.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the clients that share the topic: as the cluster's properties say, but for what the log rests on. */
final class StoreClients {
    /** Of one question to the brokers, or one write. A client of the API waits for it, and gives up after a minute. */
    static final Duration LONGEST = Duration.ofSeconds(8);

    /** A dead instance's pollers go to others after this, its partitions after the session timeout of their own groups. */
    private static final int SESSION_MS = 10_000;

    private static final int MOST_BETWEEN_POLLS_MS = 60_000;

    private final Supplier<Map<String, Object>> cluster;

    /** @param cluster properties that reach it, for clients of any kind */
    StoreClients(Supplier<Map<String, Object>> cluster) {
        this.cluster = cluster;
    }

    Admin admin() {
        Map<String, Object> properties = properties(AdminClientConfig.configNames());
        longest(properties, AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 1);
        longest(properties, AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 1);
        return Admin.create(properties);
    }

    /** Reads the whole topic, by itself. */
    Consumer<byte[], byte[]> reader() {
        return consumer(new HashMap<>());
    }

    /** Takes part in the group that decides who owns the partition. */
    Consumer<byte[], byte[]> member(String group, String instance) {
        Map<String, Object> own = new HashMap<>();
        own.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        own.put(ConsumerConfig.CLIENT_ID_CONFIG, instance);
        own.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
        own.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MS / 5);
        own.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, MOST_BETWEEN_POLLS_MS);
        // The owner stays the owner when instances join.
        own.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        return consumer(own);
    }

    private Consumer<byte[], byte[]> consumer(Map<String, Object> own) {
        Map<String, Object> properties = properties(ConsumerConfig.configNames());
        properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.remove(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LONGEST.toMillis());
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) LONGEST.toMillis());
        properties.putAll(own);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Producer<byte[], byte[]> producer() {
        Map<String, Object> properties = properties(ProducerConfig.configNames());
        properties.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        properties.remove(ProducerConfig.RETRIES_CONFIG);
        properties.remove(ProducerConfig.PARTITIONER_CLASS_CONFIG);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        longest(properties, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2);
        longest(properties, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 1);
        longest(properties, ProducerConfig.MAX_BLOCK_MS_CONFIG, 1);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void longest(Map<String, Object> properties, String name, int part) {
        properties.put(name, (int) LONGEST.toMillis() / part);
    }

    /** Those that a client knows, and those that no client knows: a plug-in may read them. */
    private Map<String, Object> properties(Set<String> known) {
        Set<String> others = new HashSet<>(AdminClientConfig.configNames());
        others.addAll(ConsumerConfig.configNames());
        others.addAll(ProducerConfig.configNames());
        others.removeAll(known);
        Map<String, Object> properties = new HashMap<>(cluster.get());
        properties.keySet().removeAll(others);
        properties.remove(AdminClientConfig.CLIENT_ID_CONFIG);
        return properties;
    }
}
