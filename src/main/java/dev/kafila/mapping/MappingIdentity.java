package dev.kafila.mapping;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.lambda.model.AmazonManagedKafkaEventSourceConfig;
import software.amazon.awssdk.services.lambda.model.EndPointType;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.SelfManagedEventSource;
import software.amazon.awssdk.services.lambda.model.SelfManagedKafkaEventSourceConfig;

/**
 * What there is one mapping of at most: two of the same would call the function twice for every record.
 *
 * @param source   brokers, or the ARN of a cluster
 * @param topics   one
 * @param group    null for a group that nobody named, which is called like the mapping
 * @param function ARN
 */
public record MappingIdentity(Set<String> source, List<String> topics, String group, String function) {

    public static MappingIdentity of(EventSourceMappingConfiguration mapping) {
        String group = group(mapping);
        return new MappingIdentity(
                source(mapping), mapping.topics(), mapping.uuid().equals(group) ? null : group, mapping.functionArn());
    }

    /** Of a mapping that somebody else wrote, anything may be missing. */
    private static Set<String> source(EventSourceMappingConfiguration mapping) {
        if (mapping.eventSourceArn() != null) {
            return Set.of(mapping.eventSourceArn());
        }
        SelfManagedEventSource source = mapping.selfManagedEventSource();
        return source == null
                ? Set.of()
                : source.endpoints().getOrDefault(EndPointType.KAFKA_BOOTSTRAP_SERVERS, List.of()).stream()
                        .map(broker -> broker.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** The consumer group of a mapping; null if nobody named one. */
    public static String group(EventSourceMappingConfiguration mapping) {
        if (mapping.eventSourceArn() != null) {
            AmazonManagedKafkaEventSourceConfig managed = mapping.amazonManagedKafkaEventSourceConfig();
            return managed == null ? null : managed.consumerGroupId();
        }
        SelfManagedKafkaEventSourceConfig selfManaged = mapping.selfManagedKafkaEventSourceConfig();
        return selfManaged == null ? null : selfManaged.consumerGroupId();
    }
}
