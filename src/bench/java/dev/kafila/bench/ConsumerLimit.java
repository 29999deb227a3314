package dev.kafila.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How fast a member of a group alone reads a topic, with nothing done to the records, as a process of its own that prints one line of
 * JSON. {@code brokers=} {@code topic=} {@code records=}, which the topic has at least.
 */
public final class ConsumerLimit {
    private static final Duration POLL = Duration.ofMillis(100);

    /** What Kafila's own consumers ask for with a buffer of 64 MiB. */
    private static final int FETCH_BYTES = 16 * 1024 * 1024;

    private static final int POLL_RECORDS = 2_000;

    private ConsumerLimit() {}

    public static void main(String[] args) throws JsonProcessingException {
        Arguments arguments = Arguments.of(args);
        int wanted = arguments.number("records", 1);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(arguments.text("brokers"))) {
            consumer.subscribe(List.of(arguments.text("topic")));
            System.out.println(JsonMapper.builder().build().writeValueAsString(read(consumer, wanted)));
        }
    }

    /** A consumer of a group that nobody was in before. */
    static KafkaConsumer<byte[], byte[]> consumer(String brokers) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        brokers,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "limit-" + UUID.randomUUID(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        POLL_RECORDS,
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        FETCH_BYTES),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static Map<String, Object> read(KafkaConsumer<byte[], byte[]> consumer, int wanted) {
        int first = 0;
        while (first == 0) {
            first = consumer.poll(POLL).count();
        }
        double secondsToFirst = OwnProcess.secondsSinceStart();
        double cpu = OwnProcess.cpuSeconds();
        long begin = System.nanoTime();
        long records = first;
        while (records < wanted) {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            records += polled.count();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("limit", "consumer");
        result.put("records", records);
        result.put("recordsPerSecond", (records - first) / seconds);
        result.put("cpuSecondsPerMillion", (OwnProcess.cpuSeconds() - cpu) * 1e6 / (records - first));
        result.put("secondsToFirstRecord", secondsToFirst);
        return result;
    }
}
