package dev.kafila.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How fast a member of a group alone reads a topic, with nothing done to the records, as a process of its own that prints one line of
 * JSON. {@code brokers=} {@code topic=} {@code records=}, which the topic has, and after which it is read again; {@code warm-up=} and
 * {@code seconds=}.
 */
public final class ConsumerLimit {
    private static final Duration POLL = Duration.ofMillis(100);

    /** What Kafila's own consumers ask for with a buffer of 64 MiB. */
    private static final int FETCH_BYTES = 16 * 1024 * 1024;

    private static final int POLL_RECORDS = 2_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final int wanted;
    private int read;

    private ConsumerLimit(KafkaConsumer<byte[], byte[]> consumer, int wanted) {
        this.consumer = consumer;
        this.wanted = wanted;
    }

    public static void main(String[] args) throws JsonProcessingException {
        Arguments arguments = Arguments.of(args);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(arguments.text("brokers"))) {
            consumer.subscribe(List.of(arguments.text("topic")));
            ConsumerLimit limit = new ConsumerLimit(consumer, arguments.number("records", 1));
            System.out.println(JsonMapper.builder().build().writeValueAsString(read(limit, arguments)));
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

    private static Map<String, Object> read(ConsumerLimit limit, Arguments arguments) {
        limit.run(0);
        double secondsToFirst = OwnProcess.secondsSinceStart();
        limit.run(arguments.number("warm-up", 5));
        double cpu = OwnProcess.cpuSeconds();
        long begin = System.nanoTime();
        long records = limit.run(arguments.number("seconds", 8));
        double seconds = (System.nanoTime() - begin) / 1e9;
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("limit", "consumer");
        result.put("records", records);
        result.put("recordsPerSecond", records / seconds);
        result.put("cpuSecondsPerMillion", (OwnProcess.cpuSeconds() - cpu) * 1e6 / records);
        result.put("secondsToFirstRecord", secondsToFirst);
        return result;
    }

    /** Reads for that long, or until there was a record, and returns how many there were. */
    private long run(int seconds) {
        long records = 0;
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (records == 0 || System.nanoTime() < end) {
            int polled = consumer.poll(POLL).count();
            records += polled;
            read += polled;
            if (read >= wanted) {
                consumer.seekToBeginning(consumer.assignment());
                read = 0;
            }
        }
        return records;
    }
}
