package dev.kafila.batch;

import dev.kafila.sandbox.SandboxBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/** A route from {@code kafka-batch} in a context of its own, on a topic and a group of its own. */
final class ConsumerFixture implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final SandboxBroker broker;
    final String topic;
    final String group;
    final List<RecordBatch> delivered = new CopyOnWriteArrayList<>();
    /** Properties of the clients that were made. */
    final List<Properties> clients = new CopyOnWriteArrayList<>();

    private final List<DefaultCamelContext> contexts = new ArrayList<>();
    private UnaryOperator<Consumer<byte[], byte[]>> tampering = client -> client;

    ConsumerFixture(SandboxBroker broker, int partitions) {
        this(broker, partitions, Map.of());
    }

    ConsumerFixture(SandboxBroker broker, int partitions, Map<String, String> topicConfigs) {
        int number = NUMBER.incrementAndGet();
        this.broker = broker;
        this.topic = "orders-" + number;
        this.group = "group-" + number;
        broker.createTopic(topic, partitions, topicConfigs);
    }

    /** Consumers that are started from now on use a client that this makes of the real one. */
    void tamper(UnaryOperator<Consumer<byte[], byte[]>> with) {
        tampering = with;
    }

    void produce(int partition, int records) {
        produce(topic, partition, records, 10);
    }

    void produce(String toTopic, int partition, int records, int valueBytes) {
        Producer<byte[], byte[]> producer = broker.producer();
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            byte[] key = ("k" + i).getBytes(StandardCharsets.UTF_8);
            sent.add(producer.send(new ProducerRecord<>(toTopic, partition, key, new byte[valueBytes])));
        }
        for (Future<?> record : sent) {
            try {
                record.get();
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Starts a route with these options; every batch that the processor lets pass is kept in {@link #delivered}. */
    DefaultCamelContext start(String options, Processor processor) {
        return start(topic, options, processor);
    }

    DefaultCamelContext start(String topics, String options, Processor processor) {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("clients", new TamperedClients(tampering, clients));
        String brokers = options.contains("brokers=") ? "" : "&brokers=" + broker.bootstrapServers();
        String uri = "kafka-batch:" + topics + "?groupId=" + group + brokers
                + "&lingerMs=20&heartbeatIntervalMs=200&metadataMaxAgeMs=500&kafkaClientFactory=#clients"
                + (options.isEmpty() ? "" : "&" + options);
        try {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    from(uri)
                            .routeId("flow")
                            .process(processor)
                            .process(exchange ->
                                    delivered.add(exchange.getMessage().getBody(RecordBatch.class)));
                }
            });
            context.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        contexts.add(context);
        return context;
    }

    static KafkaBatchConsumer consumer(DefaultCamelContext context) {
        return (KafkaBatchConsumer) context.getRoute("flow").getConsumer();
    }

    /** Offsets that were delivered of a partition, in the order of delivery. */
    List<Long> offsets(int partition) {
        return delivered.stream()
                .filter(batch -> batch.partition() == partition)
                .flatMap(batch -> batch.records().stream())
                .map(record -> record.offset())
                .toList();
    }

    int deliveredRecords() {
        return delivered.stream().mapToInt(RecordBatch::size).sum();
    }

    long committed(int partition) {
        return broker.committed(group).getOrDefault(new TopicPartition(topic, partition), -1L);
    }

    void awaitDelivered(int records) {
        await(() -> deliveredRecords() >= records);
    }

    void awaitCommitted(int partition, long offset) {
        await(() -> committed(partition) >= offset);
    }

    static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    static List<Ledger.Entry> ledger(DefaultCamelContext context) {
        return Ledger.of(context).entries();
    }

    void stop(DefaultCamelContext context) {
        context.stop();
        contexts.remove(context);
    }

    @Override
    public void close() {
        contexts.forEach(DefaultCamelContext::stop);
    }
}
