package dev.kafila.batch;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds where newly assigned partitions go on, and commits it where the group had no offset yet. */
final class Positions {
    private static final Logger LOG = LoggerFactory.getLogger(Positions.class);

    private final Consumer<byte[], byte[]> client;
    private final StartingPosition startingPosition;
    private final Topics topics;
    private final Clock clock;
    private String metadata = "";

    Positions(Consumer<byte[], byte[]> client, StartingPosition startingPosition, Topics topics, Clock clock) {
        this.client = client;
        this.startingPosition = startingPosition;
        this.topics = topics;
        this.clock = clock;
    }

    /** Goes with every commit. */
    String metadata() {
        return metadata;
    }

    /** The offset of the first record to consume of each partition. All of them are committed when this returns. */
    Map<TopicPartition, Long> resolve(Collection<TopicPartition> assigned) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        Set<TopicPartition> missing = new HashSet<>();
        Map<TopicPartition, OffsetAndMetadata> committed = client.committed(new HashSet<>(assigned));
        for (TopicPartition partition : assigned) {
            OffsetAndMetadata offset = committed.get(partition);
            if (offset == null) {
                missing.add(partition);
            } else {
                positions.put(partition, offset.offset());
                adopt(GroupStart.parse(offset.metadata()));
            }
        }
        if (!missing.isEmpty()) {
            positions.putAll(start(missing));
        }
        return positions;
    }

    private Map<TopicPartition, Long> start(Set<TopicPartition> missing) {
        Set<TopicPartition> all = topics.partitions(client);
        all.addAll(missing);
        Collection<OffsetAndMetadata> group =
                client.committed(all).values().stream().filter(Objects::nonNull).toList();
        StartingPosition position = startingPosition;
        GroupStart known = group.stream()
                .map(offset -> GroupStart.parse(offset.metadata()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (group.isEmpty()) {
            known = new GroupStart(clock.instant(), count(all));
            LOG.info("A new group starts at {}: {}", describe(position), missing);
        } else if (known != null && position.kind() == StartingPosition.Kind.LATEST) {
            // Another member resolved `latest` before: the same moment holds for all, or records would be skipped.
            position = StartingPosition.at(known.time());
        }
        adopt(known);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Set<TopicPartition> later = new HashSet<>();
        for (TopicPartition partition : missing) {
            if (known == null || !known.knew(partition.topic(), partition.partition())) {
                later.add(partition);
            }
        }
        if (!later.isEmpty()) {
            LOG.info("Partitions that the group did not know when it began start at their beginning: {}", later);
            offsets.putAll(client.beginningOffsets(later));
        }
        missing.removeAll(later);
        offsets.putAll(offsets(position, missing));
        Commits.sync(client, offsets, metadata);
        return offsets;
    }

    private Map<TopicPartition, Long> offsets(StartingPosition position, Set<TopicPartition> partitions) {
        return switch (position.kind()) {
            case EARLIEST -> client.beginningOffsets(partitions);
            case LATEST -> client.endOffsets(partitions);
            case TIME -> atTime(position.time(), partitions);
        };
    }

    private Map<TopicPartition, Long> atTime(Instant time, Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndTimestamp> found = client.offsetsForTimes(partitions.stream()
                .collect(Collectors.toMap(partition -> partition, partition -> time.toEpochMilli())));
        Map<TopicPartition, Long> offsets = new HashMap<>(client.endOffsets(partitions));
        found.forEach((partition, offset) -> {
            if (offset != null) {
                offsets.put(partition, offset.offset());
            }
        });
        return offsets;
    }

    private void adopt(GroupStart start) {
        if (start != null) {
            metadata = start.toMetadata();
        }
    }

    private static Map<String, Integer> count(Set<TopicPartition> partitions) {
        return partitions.stream().collect(Collectors.toMap(TopicPartition::topic, partition -> 1, Integer::sum));
    }

    private static String describe(StartingPosition position) {
        return position.kind() == StartingPosition.Kind.TIME
                ? position.time().toString()
                : position.kind().name().toLowerCase(java.util.Locale.ROOT);
    }
}
