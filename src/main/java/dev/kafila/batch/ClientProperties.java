package dev.kafila.batch;

import java.util.Properties;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.util.ObjectHelper;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The Kafka client's properties: camel-kafka's, and those that the guarantees rest on, which nobody can change. */
final class ClientProperties {
    private static final int CAMELS_FETCH_MAX_BYTES = 52_428_800;
    private static final int CAMELS_PARTITION_FETCH_BYTES = 1_048_576;
    private static final int POLL_RECORDS = 2_000;

    private ClientProperties() {}

    static Properties of(KafkaBatchEndpoint endpoint, BatchOptions options, int member) {
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
        bound(properties, configuration, options);
        guarantee(properties);
        return properties;
    }

    /** What the client itself holds is part of {@code bufferBytes}: at most a quarter in one answer of a broker. */
    private static void bound(Properties properties, KafkaConfiguration configuration, BatchOptions options) {
        long fetch = Math.min(options.bufferBytes() / 4, CAMELS_FETCH_MAX_BYTES);
        if (configuration.getFetchMaxBytes() == null || configuration.getFetchMaxBytes() == CAMELS_FETCH_MAX_BYTES) {
            properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, String.valueOf(fetch));
        }
        if (configuration.getMaxPartitionFetchBytes() == null
                || configuration.getMaxPartitionFetchBytes() == CAMELS_PARTITION_FETCH_BYTES) {
            properties.put(
                    ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                    String.valueOf(Math.min(fetch / 4, CAMELS_PARTITION_FETCH_BYTES)));
        }
        if (configuration.getMaxPollRecords() == null) {
            properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, String.valueOf(POLL_RECORDS));
        }
        // Camel's default, the range assignor, stops every partition for any change of the group.
        if (KafkaConstants.PARTITIONER_RANGE_ASSIGNOR.equals(configuration.getPartitionAssignor())
                && !configuration
                        .getAdditionalProperties()
                        .containsKey(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG)) {
            properties.put(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        }
    }

    private static void guarantee(Properties properties) {
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    }
}
