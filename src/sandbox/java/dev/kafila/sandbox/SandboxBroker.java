package dev.kafila.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A real Kafka broker in this process unless told otherwise, on loopback, with its own data directory that {@link #close()} deletes. It can be stopped and started
 * again on the same ports with the same data.
 */
public final class SandboxBroker implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final BrokerConfig config;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final Node node;

    SandboxBroker(BrokerConfig config) {
        this(config, BrokerNode.started(config));
    }

    private SandboxBroker(BrokerConfig config, Node node) {
        this.config = config;
        this.node = node;
        this.admin = Admin.create(Map.of("bootstrap.servers", config.plaintext()));
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", config.plaintext(), "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** A broker with one plaintext listener. */
    public static SandboxBroker start() {
        return start(Map.of());
    }

    /** As {@link #start()}, with broker properties of the caller's own. */
    public static SandboxBroker start(Map<String, String> brokerProperties) {
        return start(brokerProperties, false);
    }

    /**
     * A broker that also listens with SASL/PLAIN and with SCRAM-SHA-512, both over TLS. The user of both is {@link #user()}.
     */
    public static SandboxBroker startSecured() {
        return start(Map.of(), true);
    }

    /** As {@link #start()}, in a process of its own: {@link #stop()} kills it, so that nothing is shut down. */
    public static SandboxBroker startProcess() {
        BrokerConfig config = configured(Map.of(), false);
        return new SandboxBroker(config, BrokerProcess.started(config));
    }

    private static SandboxBroker start(Map<String, String> brokerProperties, boolean secured) {
        return new SandboxBroker(configured(brokerProperties, secured));
    }

    private static BrokerConfig configured(Map<String, String> brokerProperties, boolean secured) {
        try {
            Path directory = Files.createTempDirectory("kafila-sandbox-broker");
            BrokerKeys keys = secured ? BrokerKeys.generate(directory) : null;
            return new BrokerConfig(
                    directory, LoopbackPorts.take(BrokerConfig.PORTS), keys, Map.copyOf(brokerProperties));
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox's broker has no directory to work in", e);
        }
    }

    /** Address of the plaintext listener; the same after {@link #restart()}. */
    public String bootstrapServers() {
        return config.plaintext();
    }

    /** Address of the SASL/PLAIN over TLS listener of a secured broker. */
    public String saslPlainBootstrap() {
        return config.saslPlain();
    }

    /** Address of the SCRAM-SHA-512 over TLS listener of a secured broker. */
    public String scramBootstrap() {
        return config.scram();
    }

    public String user() {
        return BrokerConfig.USER;
    }

    public String password() {
        return BrokerConfig.USER_PASSWORD;
    }

    /** PEM file with the certificate that a client of a secured broker has to trust. */
    public Path caFile() {
        return config.keys().caFile();
    }

    /** PKCS12 file with the same certificate; its password is {@link #trustStorePassword()}. */
    public Path trustStore() {
        return config.keys().trustStore();
    }

    public String trustStorePassword() {
        return BrokerKeys.PASSWORD;
    }

    /** An admin client of the plaintext listener, closed with the broker. */
    public Admin admin() {
        return admin;
    }

    /** A producer of the plaintext listener, closed with the broker. */
    public Producer<byte[], byte[]> producer() {
        return producer;
    }

    /** Creates the topic and returns when it can be written to and read from. */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    public void createTopic(String name, int partitions, Map<String, String> configs) {
        await(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(configs)))
                .all());
        // Known to the controller is not yet known to the broker: a producer waits for that, an admin client fails.
        producer.partitionsFor(name);
        endOffsets(name);
    }

    /** The end offset of each partition of the topic. */
    public Map<TopicPartition, Long> endOffsets(String topic) {
        int partitions = await(admin.describeTopics(List.of(topic)).allTopicNames())
                .get(topic)
                .partitions()
                .size();
        Map<TopicPartition, OffsetSpec> wanted = Stream.iterate(0, partition -> partition + 1)
                .limit(partitions)
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic, partition), partition -> OffsetSpec.latest()));
        return sorted(await(admin.listOffsets(wanted).all()), result -> result.offset());
    }

    /** What the group committed, of the partitions it committed at all. */
    public Map<TopicPartition, Long> committed(String group) {
        return sorted(
                await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()),
                OffsetAndMetadata::offset);
    }

    /** Deletes the records below the offset, as retention does. */
    public void deleteRecordsBefore(TopicPartition partition, long offset) {
        await(admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
                .all());
    }

    /** Everything that is in the topic now, partition by partition in the order of offsets. */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        Map<TopicPartition, Long> ends = endOffsets(topic);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(records::add);
            }
        }
        records.sort(Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
                .thenComparingLong(ConsumerRecord::offset));
        return records;
    }

    /** From now on nobody can write to the topic; everything else stays allowed. */
    public void denyWrites(String topic) {
        await(admin.createAcls(WriteRules.against(topic)).all());
    }

    /** Takes {@link #denyWrites} back. */
    public void allowWrites(String topic) {
        await(admin.deleteAcls(WriteRules.against(topic).stream()
                        .map(AclBinding::toFilter)
                        .toList())
                .all());
    }

    /** Stops the broker; clients see refused connections until {@link #restart()}. Does nothing when it is stopped. */
    public void stop() {
        node.stop();
    }

    /** Starts the broker again, stopping it first if need be, on the same ports with the same data. Returns when it serves. */
    public void restart() {
        node.restart();
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
        node.stop();
        config.deleteDirectory();
    }

    private static <A, B> Map<TopicPartition, B> sorted(Map<TopicPartition, A> values, Function<A, B> value) {
        Map<TopicPartition, B> sorted =
                new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));
        values.forEach((partition, of) -> sorted.put(partition, value.apply(of)));
        return sorted;
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the broker", e);
        }
    }
}
