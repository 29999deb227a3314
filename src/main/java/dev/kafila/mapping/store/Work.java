package dev.kafila.mapping.store;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.lambda.model.EndPointType;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

/**
 * What no two mappings do: carry the same topic to the same function for the same group.
 *
 * @param group empty for a mapping's own, which is named after it
 */
record Work(String arn, Set<String> brokers, Set<String> topics, String group, String function) {

    static Work of(EventSourceMappingConfiguration configuration) {
        return new Work(
                configuration.eventSourceArn(),
                brokers(configuration),
                new TreeSet<>(configuration.topics()),
                group(configuration),
                configuration.functionArn());
    }

    private static Set<String> brokers(EventSourceMappingConfiguration configuration) {
        Map<EndPointType, List<String>> endpoints = configuration.selfManagedEventSource() == null
                ? Map.of()
                : configuration.selfManagedEventSource().endpoints();
        return new TreeSet<>(endpoints.getOrDefault(EndPointType.KAFKA_BOOTSTRAP_SERVERS, List.of()));
    }

    private static String group(EventSourceMappingConfiguration configuration) {
        String group = null;
        if (configuration.selfManagedKafkaEventSourceConfig() != null) {
            group = configuration.selfManagedKafkaEventSourceConfig().consumerGroupId();
        } else if (configuration.amazonManagedKafkaEventSourceConfig() != null) {
            group = configuration.amazonManagedKafkaEventSourceConfig().consumerGroupId();
        }
        return group == null || group.equals(configuration.uuid()) ? "" : group;
    }
}
