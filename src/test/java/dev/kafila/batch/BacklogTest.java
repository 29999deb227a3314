package dev.kafila.batch;

import static dev.kafila.batch.ConsumerFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.sandbox.SandboxBroker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedBroker.class)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class BacklogTest {
    private final SandboxBroker broker;
    private ConsumerFixture fixture;

    BacklogTest(SandboxBroker broker) {
        this.broker = broker;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whatAMemberBuffersOfABacklogStaysBelowItsBoundWhileTheRouteIsSlow() {
        fixture = new ConsumerFixture(broker, 4);
        for (int partition = 0; partition < 4; partition++) {
            fixture.produce(fixture.topic, partition, 2_500, 4_000);
        }
        Gauge gauge = new Gauge();
        fixture.tamper(gauge::tamper);

        fixture.start("batchSize=100&bufferBytes=4194304", exchange -> {
            Thread.sleep(30);
            gauge.settled(exchange);
        });
        for (int partition = 0; partition < 4; partition++) {
            fixture.awaitCommitted(partition, 2_500);
        }

        assertThat(fixture.deliveredRecords()).isEqualTo(10_000);
        assertThat(gauge.most).matches(bytes -> bytes.get() > 500_000 && bytes.get() < 4L << 20, "within 4 MiB");
    }

    @Test
    void whatWasCompressedDoesNotBreakTheBound() {
        fixture = new ConsumerFixture(broker, 2, Map.of("compression.type", "gzip"));
        for (int partition = 0; partition < 2; partition++) {
            fixture.produce(fixture.topic, partition, 500, 40_000);
        }
        Gauge gauge = new Gauge();
        fixture.tamper(gauge::tamper);

        fixture.start("batchSize=20&bufferBytes=4194304", exchange -> {
            Thread.sleep(20);
            gauge.settled(exchange);
        });
        for (int partition = 0; partition < 2; partition++) {
            fixture.awaitCommitted(partition, 500);
        }

        assertThat(fixture.offsets(0)).isSorted().hasSize(500).doesNotHaveDuplicates();
        assertThat(fixture.offsets(1)).isSorted().hasSize(500).doesNotHaveDuplicates();
        assertThat(gauge.trimmed).hasPositiveValue();
        assertThat(gauge.most).matches(bytes -> bytes.get() > 500_000 && bytes.get() < 4L << 20, "within 4 MiB");
    }

    @Test
    void theMorePartitionsThereAreTheLessIsFetchedOfEach() {
        fixture = new ConsumerFixture(broker, 64);
        fixture.produce(63, 5);

        fixture.start("batchSize=20&bufferBytes=8388608", exchange -> {});
        fixture.awaitCommitted(63, 5);

        assertThat(fixture.clients)
                .extracting(properties -> properties.get("fetch.max.bytes"))
                .containsOnly("524288");
        assertThat(fetchBytesOfPartitions()).containsExactly("131072", "32768");
        assertThat(fixture.delivered)
                .allSatisfy(batch -> assertThat(batch.partition()).isEqualTo(63));
    }

    @Test
    void ofFewPartitionsAClientFetchesAsMuchAsItMay() {
        fixture = new ConsumerFixture(broker, 16);
        fixture.produce(3, 5);

        fixture.start("batchSize=20&bufferBytes=8388608", exchange -> {});
        fixture.awaitCommitted(3, 5);

        assertThat(fixture.clients).singleElement().satisfies(properties -> assertThat(properties)
                .containsEntry("max.partition.fetch.bytes", "131072"));
    }

    @Test
    void aMemberAsksUntilABrokerTellsHowManyPartitionsThereAre() {
        fixture = new ConsumerFixture(broker, 64);
        fixture.produce(63, 5);
        AtomicInteger asked = new AtomicInteger();
        fixture.tamper(client -> TamperedClients.with(client, Map.of("partitionsFor/2", (real, arguments) -> {
            if (asked.incrementAndGet() < 3) {
                throw new TimeoutException("no broker answers");
            }
            return real.call();
        })));

        fixture.start("batchSize=20&bufferBytes=8388608", exchange -> {});
        fixture.awaitCommitted(63, 5);

        assertThat(fetchBytesOfPartitions()).containsExactly("131072", "32768");
    }

    @Test
    void aMemberThatConnectsAnewFitsTheTopicAsItIsThen() throws Exception {
        fixture = new ConsumerFixture(broker, 16);
        fixture.produce(3, 5);
        AtomicBoolean broken = new AtomicBoolean();
        fixture.tamper(client -> TamperedClients.with(client, Map.of("poll/1", (real, arguments) -> {
            if (broken.compareAndSet(true, false)) {
                throw new KafkaException("broken once");
            }
            return real.call();
        })));
        fixture.start("batchSize=20&bufferBytes=8388608", exchange -> {});
        fixture.awaitCommitted(3, 5);

        broker.admin()
                .createPartitions(Map.of(fixture.topic, NewPartitions.increaseTo(64)))
                .all()
                .get(10, TimeUnit.SECONDS);
        await(() -> broker.endOffsets(fixture.topic).size() == 64);
        broken.set(true);
        fixture.produce(63, 5);
        fixture.awaitCommitted(63, 5);

        assertThat(fetchBytesOfPartitions()).containsExactly("131072", "131072", "32768");
    }

    private List<Object> fetchBytesOfPartitions() {
        return fixture.clients.stream()
                .map(properties -> properties.get("max.partition.fetch.bytes"))
                .toList();
    }

    @Test
    void whatSomebodyChoseIsFetchedOfHoweverManyPartitions() {
        fixture = new ConsumerFixture(broker, 64);
        fixture.produce(63, 5);

        fixture.start(
                "batchSize=20&bufferBytes=8388608&maxPartitionFetchBytes=300000&fetchMaxBytes=400000", exchange -> {});
        fixture.awaitCommitted(63, 5);

        assertThat(fixture.clients).singleElement().satisfies(properties -> assertThat(properties)
                .containsEntry("max.partition.fetch.bytes", 300_000)
                .containsEntry("fetch.max.bytes", 400_000));
    }

    /** Even where it is what a client of few partitions has anyway. */
    @ParameterizedTest
    @ValueSource(strings = {"1048576", "131072"})
    void whatSomebodyChoseByKafkasNamesStays(String partitionFetchBytes) {
        fixture = new ConsumerFixture(broker, 64);
        fixture.produce(63, 5);
        Map<String, String> chosen = Map.of(
                "fetch.max.bytes", "52428800",
                "max.partition.fetch.bytes", partitionFetchBytes,
                "max.poll.records", "7",
                "receive.buffer.bytes", "65536",
                "partition.assignment.strategy", "org.apache.kafka.clients.consumer.RangeAssignor");

        fixture.start(
                "batchSize=20&bufferBytes=8388608&"
                        + chosen.entrySet().stream()
                                .map(property ->
                                        "additionalProperties." + property.getKey() + "=" + property.getValue())
                                .collect(Collectors.joining("&")),
                exchange -> {});
        fixture.awaitCommitted(63, 5);

        assertThat(fixture.clients).singleElement().satisfies(properties -> assertThat(properties)
                .containsAllEntriesOf(chosen));
    }

    @Test
    void theOperatingSystemSizesTheSocketsBuffer() {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 5);

        fixture.start("batchSize=20", exchange -> {});
        fixture.awaitCommitted(0, 5);

        assertThat(fixture.clients).singleElement().satisfies(properties -> assertThat(properties)
                .containsEntry("receive.buffer.bytes", -1));
    }

    /** Counts what the member keeps of what was polled until it is delivered. */
    private static final class Gauge {
        private final Map<TopicPartition, NavigableMap<Long, Integer>> held = new HashMap<>();
        private final AtomicLong most = new AtomicLong();
        private final AtomicLong trimmed = new AtomicLong();

        Consumer<byte[], byte[]> tamper(Consumer<byte[], byte[]> client) {
            return TamperedClients.with(
                    client,
                    Map.of(
                            "poll/1",
                            (real, arguments) -> {
                                measure();
                                ConsumerRecords<?, ?> polled = (ConsumerRecords<?, ?>) real.call();
                                polled.forEach(this::polled);
                                return polled;
                            },
                            "seek/2",
                            (real, arguments) -> {
                                soughtBack((TopicPartition) arguments[0], (Long) arguments[1]);
                                return real.call();
                            }));
        }

        private synchronized void measure() {
            long bytes = held.values().stream()
                    .flatMap(partition -> partition.values().stream())
                    .mapToLong(Integer::longValue)
                    .sum();
            most.accumulateAndGet(bytes, Math::max);
        }

        private synchronized void polled(ConsumerRecord<?, ?> record) {
            held.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), key -> new TreeMap<>())
                    .put(record.offset(), record.serializedValueSize());
        }

        private synchronized void soughtBack(TopicPartition partition, long offset) {
            NavigableMap<Long, Integer> given = held.getOrDefault(partition, new TreeMap<>());
            trimmed.addAndGet(given.tailMap(offset).size());
            given.tailMap(offset).clear();
        }

        synchronized void settled(Exchange exchange) {
            RecordBatch batch = exchange.getMessage().getBody(RecordBatch.class);
            batch.records().forEach(record -> held.get(batch.topicPartition()).remove(record.offset()));
        }
    }
}
