package dev.kafila.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** {@link Broker} as a process, and the topics that were filled there. */
final class BrokerProcess implements AutoCloseable {
    private static final int BATCH_BYTES = 256 << 10;
    private static final int LINGER_MS = 20;
    private static final int AT_ONCE = 20_000;

    private final Child child;
    private final String address;
    private final Admin admin;
    private final Set<Backlog> filled = new HashSet<>();

    private BrokerProcess(Child child) {
        this.child = child;
        this.address = child.awaitReady();
        this.admin = Admin.create(Map.of("bootstrap.servers", address));
    }

    /**
     * Returns when it serves.
     *
     * @param directory where its data and its log go
     */
    static BrokerProcess start(Path directory) {
        List<String> options = List.of("-Xmx1g", "-Djava.io.tmpdir=" + directory.toAbsolutePath());
        return new BrokerProcess(Child.start(Broker.class, directory.resolve("broker.log"), options));
    }

    String address() {
        return address;
    }

    /** Fills the topic, if it is not there yet. Each record has its partition and its number there as key. */
    void fill(Backlog backlog) {
        if (filled.add(backlog)) {
            await(admin.createTopics(List.of(new NewTopic(backlog.topic(), backlog.partitions(), (short) 1)))
                    .all());
            send(backlog);
        }
    }

    private void send(Backlog backlog) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", address, "linger.ms", LINGER_MS, "batch.size", BATCH_BYTES);
        ByteArraySerializer bytes = new ByteArraySerializer();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config, bytes, bytes)) {
            awaitLeaders(backlog, producer);
            for (long from = 0; from < backlog.records(); from += AT_ONCE) {
                List<Future<RecordMetadata>> sent = LongStream.range(from, Math.min(from + AT_ONCE, backlog.records()))
                        .mapToObj(record -> producer.send(record(backlog, record)))
                        .toList();
                producer.flush();
                sent.forEach(BrokerProcess::await);
            }
        }
    }

    /** Known to the controller is not yet led by the broker: what is sent before may wait for two minutes. */
    private void awaitLeaders(Backlog backlog, KafkaProducer<byte[], byte[]> producer) {
        Map<TopicPartition, OffsetSpec> ends = producer.partitionsFor(backlog.topic()).stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(partition.topic(), partition.partition()),
                        partition -> OffsetSpec.latest()));
        await(admin.listOffsets(ends).all());
    }

    private static ProducerRecord<byte[], byte[]> record(Backlog backlog, long record) {
        int partition = (int) (record % backlog.partitions());
        long number = record / backlog.partitions();
        byte[] key = Identities.key(partition, number).getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(backlog.topic(), partition, key, Samples.value(number, backlog.bytes()));
    }

    /** Deletes the topic. */
    void drop(Backlog backlog) {
        if (filled.remove(backlog)) {
            await(admin.deleteTopics(List.of(backlog.topic())).all());
        }
    }

    private static void await(Future<?> answer) {
        try {
            answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker of the benchmark refuses", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the broker is asked", e);
        }
    }

    @Override
    public void close() {
        admin.close();
        child.close();
    }
}
