package dev.kafila.batch;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * When a group began and which partitions there were, kept as the metadata of its committed offsets: so that every member resolves the
 * starting position alike, whenever it gets a partition, and a partition that came later starts at its beginning.
 *
 * @param time       when the first member resolved the starting position
 * @param partitions number of partitions by topic at that time
 */
record GroupStart(Instant time, Map<String, Integer> partitions) {
    private static final String PREFIX = "kafila-start ";

    /** The broker's default {@code offset.metadata.max.bytes} is 4096. */
    private static final int MOST_BYTES = 3_000;

    GroupStart {
        partitions = Map.copyOf(partitions);
    }

    boolean knew(String topic, int partition) {
        return partition < partitions.getOrDefault(topic, 0);
    }

    /** Text of at most 3,000 ASCII characters; without the topics if they are too many, which then start at their beginning. */
    String toMetadata() {
        String head = PREFIX + time;
        String topics = new TreeMap<>(partitions)
                .entrySet().stream()
                        .map(topic -> " " + topic.getKey() + ":" + topic.getValue())
                        .collect(Collectors.joining());
        return head.length() + topics.length() > MOST_BYTES ? head : head + topics;
    }

    /** Reads what {@link #toMetadata} wrote; null for anything else, such as the metadata of another system's commit. */
    static GroupStart parse(String metadata) {
        if (metadata == null || !metadata.startsWith(PREFIX)) {
            return null;
        }
        String[] parts = metadata.substring(PREFIX.length()).split(" ", -1);
        try {
            Map<String, Integer> partitions = new TreeMap<>();
            for (int i = 1; i < parts.length; i++) {
                int colon = parts[i].lastIndexOf(':');
                partitions.put(parts[i].substring(0, colon), Integer.valueOf(parts[i].substring(colon + 1)));
            }
            return new GroupStart(Instant.parse(parts[0]), partitions);
        } catch (DateTimeParseException | NumberFormatException | IndexOutOfBoundsException e) {
            return null;
        }
    }
}
