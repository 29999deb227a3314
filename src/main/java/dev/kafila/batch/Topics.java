package dev.kafila.batch;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * What a consumer subscribes to.
 *
 * @param names   topics; empty if a pattern is given
 * @param pattern of topic names, or null
 */
record Topics(List<String> names, Pattern pattern) {

    Topics {
        names = List.copyOf(names);
    }

    /**
     * @param text a comma-separated list, or a regular expression, in which {@code %3F} stands for a question mark, and so on: Camel takes
     *             a question mark in an address for the end of its path, encoded or not. No topic's name holds a percent sign
     */
    static Topics of(String text, boolean isPattern) {
        if (isPattern) {
            String pattern = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            return new Topics(List.of(), Pattern.compile(pattern));
        }
        List<String> names = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("kafka-batch:" + text + " names no topic");
        }
        return new Topics(names, null);
    }

    void subscribe(Consumer<?, ?> client, ConsumerRebalanceListener listener) {
        if (pattern == null) {
            client.subscribe(names, listener);
        } else {
            client.subscribe(pattern, listener);
        }
    }

    /** Every partition there is of the topics now. */
    Set<TopicPartition> partitions(Consumer<?, ?> client) {
        Set<TopicPartition> partitions = new HashSet<>();
        if (pattern == null) {
            names.forEach(name -> add(partitions, client.partitionsFor(name)));
        } else {
            client.listTopics().forEach((name, infos) -> {
                if (pattern.matcher(name).matches()) {
                    add(partitions, infos);
                }
            });
        }
        return partitions;
    }

    /** How many partitions the topics have now; 0 if there is none of them. */
    int count(Consumer<?, ?> client, Duration longest) {
        if (pattern == null) {
            return names.stream()
                    .map(name -> client.partitionsFor(name, longest))
                    .mapToInt(infos -> infos == null ? 0 : infos.size())
                    .sum();
        }
        return client.listTopics(longest).entrySet().stream()
                .filter(topic -> pattern.matcher(topic.getKey()).matches())
                .mapToInt(topic -> topic.getValue().size())
                .sum();
    }

    private static void add(Set<TopicPartition> partitions, List<PartitionInfo> infos) {
        if (infos != null) {
            infos.forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
    }
}
