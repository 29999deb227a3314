package dev.kafila.batch;

import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.util.ObjectHelper;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The Kafka client's properties: camel-kafka's, and those that the guarantees rest on, which nobody can change. */
final class ClientProperties {
    private static final Properties CAMELS = new KafkaConfiguration().createConsumerProperties();
    /** Kafka's defaults. */
    private static final int MOST_FETCH_BYTES = 52_428_800;

    private static final int MOST_PARTITION_FETCH_BYTES = 1_048_576;
    private static final int POLL_RECORDS = 2_000;
    /** It grows with what is fetched. Kafka's 64 KiB are a fraction of an answer, whatever the network. */
    private static final int SIZED_BY_THE_SYSTEM = -1;

    /** As many answers of brokers as {@code bufferBytes} has room for. */
    private static final int ANSWERS = 16;
    /** A batch of a producer's, as it comes; a broker sends one however large it is. */
    private static final int LEAST_PARTITION_FETCH_BYTES = 16_384;

    private ClientProperties() {}

    /**
     * Makes those of one client.
     *
     * @param member     its number, from 0
     * @param partitions how many it may get: it holds one fetch of each that is paused, together at most a quarter of {@code bufferBytes}
     */
    static Properties of(KafkaBatchEndpoint endpoint, BatchOptions options, int member, int partitions) {
        KafkaConfiguration configuration = endpoint.getConfiguration();
        if (ObjectHelper.isEmpty(configuration.getGroupId())) {
            throw new IllegalArgumentException(
                    "kafka-batch:" + configuration.getTopic() + " needs groupId: offsets are kept under it");
        }
        Properties properties = configuration.createConsumerProperties();
        endpoint.updateClassProperties(properties);
        String brokers = endpoint.getKafkaClientFactory().getBrokers(configuration);
        if (brokers != null) {
            properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        }
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, configuration.getGroupId());
        // Members may be added later: only a single one, or the first, goes by the name as it is.
        boolean several = configuration.getConsumersCount() > 1 || member > 0;
        if (configuration.getGroupInstanceId() != null) {
            properties.put(
                    ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                    configuration.getGroupInstanceId() + (several ? "-" + member : ""));
        }
        if (configuration.getClientId() != null && several) {
            properties.put(ConsumerConfig.CLIENT_ID_CONFIG, configuration.getClientId() + "-" + member);
        }
        prefer(own(options, partitions), properties, configuration);
        guarantee(properties);
        return properties;
    }

    /** Kafila's own where Camel would set its default. What somebody chose stays, by Camel's name or by Kafka's. */
    private static void prefer(Map<String, Object> own, Properties properties, KafkaConfiguration configuration) {
        own.forEach((name, value) -> {
            boolean chosen = configuration.getAdditionalProperties().containsKey(name)
                    || !Objects.equals(properties.get(name), CAMELS.get(name));
            if (!chosen) {
                properties.put(name, value);
            }
        });
    }

    /**
     * What the client itself holds is part of {@code bufferBytes}. Whatever it holds of a partition keeps the whole answer that it came with, so
     * answers are small.
     */
    private static Map<String, Object> own(BatchOptions options, int partitions) {
        return Map.of(
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                String.valueOf(fetchBytes(options)),
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                String.valueOf(partitionFetchBytes(options, partitions)),
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                POLL_RECORDS,
                ConsumerConfig.RECEIVE_BUFFER_CONFIG,
                SIZED_BY_THE_SYSTEM,
                // Camel's default, the range assignor, stops every partition for any change of the group.
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
    }

    private static long fetchBytes(BatchOptions options) {
        return Math.min(options.bufferBytes() / ANSWERS, MOST_FETCH_BYTES);
    }

    private static long partitionFetchBytes(BatchOptions options, int partitions) {
        long most = Math.min(fetchBytes(options) / 4, MOST_PARTITION_FETCH_BYTES);
        return Math.min(
                most, Math.max(LEAST_PARTITION_FETCH_BYTES, options.bufferBytes() / 4 / Math.max(1, partitions)));
    }

    private static void guarantee(Properties properties) {
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    }
}
