package dev.kafila.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What the requests of an EventBridge flow say together: which of them were out at the same time, and whether one overtook another. */
public final class PutTimeline {
    private final List<PutExchange> exchanges;

    private PutTimeline(List<PutExchange> exchanges) {
        this.exchanges = exchanges;
    }

    public static PutTimeline of(List<PutExchange> exchanges) {
        return new PutTimeline(exchanges.stream()
                .sorted(Comparator.comparingLong(PutExchange::arrived))
                .toList());
    }

    /**
     * The coordinates of the record that an entry was made of, as {@code orders-0@7}.
     *
     * @throws IllegalArgumentException if the detail does not say them
     */
    public static String record(EventEntry entry) {
        JsonNode detail = detail(entry);
        return partition(detail) + "@" + offset(detail);
    }

    /** Requests that began while another one with records of the same partition was out. */
    public long overtaking() {
        Map<TopicPartition, Long> busyUntil = new HashMap<>();
        long count = 0;
        for (PutExchange exchange : exchanges) {
            boolean overtakes = false;
            for (TopicPartition partition : partitions(exchange)) {
                Long until = busyUntil.get(partition);
                overtakes |= until != null && exchange.arrived() < until;
                busyUntil.merge(partition, exchange.answered(), Math::max);
            }
            count += overtakes ? 1 : 0;
        }
        return count;
    }

    /**
     * Entries that were taken after another request had brought a later record of their partition. Those that had failed in that very
     * request do not count: inside of one no order can be kept.
     */
    public long outOfOrder() {
        Map<TopicPartition, List<Brought>> before = new HashMap<>();
        long count = 0;
        for (PutExchange exchange : exchanges) {
            for (EventEntry entry : exchange.taken()) {
                JsonNode detail = detail(entry);
                long offset = offset(detail);
                count += before.getOrDefault(partition(detail), List.of()).stream()
                                .anyMatch(brought -> brought.isAhead(offset))
                        ? 1
                        : 0;
            }
            brought(exchange)
                    .forEach((partition, brought) -> before.computeIfAbsent(partition, key -> new ArrayList<>())
                            .add(brought));
        }
        return count;
    }

    /**
     * What a request had of one partition.
     *
     * @param last of the offsets that were taken
     */
    private record Brought(Set<Long> offsets, long last) {

        boolean isAhead(long offset) {
            return last > offset && !offsets.contains(offset);
        }
    }

    private static Map<TopicPartition, Brought> brought(PutExchange exchange) {
        Map<TopicPartition, Set<Long>> sent = new HashMap<>();
        exchange.request().entries().forEach(entry -> {
            JsonNode detail = detail(entry);
            sent.computeIfAbsent(partition(detail), key -> new LinkedHashSet<>())
                    .add(offset(detail));
        });
        Map<TopicPartition, Brought> brought = new HashMap<>();
        exchange.taken().forEach(entry -> {
            JsonNode detail = detail(entry);
            Brought one = new Brought(sent.get(partition(detail)), offset(detail));
            brought.merge(partition(detail), one, (some, other) -> some.last() > other.last() ? some : other);
        });
        return brought;
    }

    /** The most requests that were out at the same time. */
    public int mostAtOnce() {
        List<Long> ends = new ArrayList<>();
        int most = 0;
        for (PutExchange exchange : exchanges) {
            ends.removeIf(end -> end <= exchange.arrived());
            ends.add(exchange.answered());
            most = Math.max(most, ends.size());
        }
        return most;
    }

    private static Set<TopicPartition> partitions(PutExchange exchange) {
        Set<TopicPartition> partitions = new LinkedHashSet<>();
        exchange.request().entries().forEach(entry -> partitions.add(partition(detail(entry))));
        return partitions;
    }

    private static TopicPartition partition(JsonNode detail) {
        return new TopicPartition(
                detail.get("topic").asText(), detail.get("partition").asInt());
    }

    private static long offset(JsonNode detail) {
        return detail.get("offset").asLong();
    }

    private static JsonNode detail(EventEntry entry) {
        try {
            JsonNode detail = JsonText.MAPPER.readTree(entry.detail());
            if (detail.hasNonNull("topic") && detail.hasNonNull("partition") && detail.hasNonNull("offset")) {
                return detail;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The detail is not JSON", e);
        }
        throw new IllegalArgumentException("The detail does not say topic, partition and offset of its record");
    }
}
