package dev.kafila.mapping.store;

import dev.kafila.sandbox.SandboxBroker;
import dev.kafila.settings.MappingSettings.Shared;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A topic of mappings of a test's own, and stores on it. */
final class StoreFixture implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final SandboxBroker broker;
    final Shared shared;
    private final Deque<Runnable> open = new ArrayDeque<>();

    StoreFixture(SandboxBroker broker) {
        int number = NUMBER.incrementAndGet();
        this.broker = broker;
        shared = new Shared("mappings-" + number, null, "mappings-group-" + number);
    }

    KafkaMappingStore store() {
        return store(Clock.systemUTC());
    }

    KafkaMappingStore store(Clock clock) {
        KafkaMappingStore store =
                new KafkaMappingStore(() -> Map.of("bootstrap.servers", broker.bootstrapServers()), shared, clock);
        store.start();
        closing(store::close);
        return store;
    }

    /** With the fixture, what was opened last first. */
    void closing(Runnable close) {
        open.push(close);
    }

    void write(String key, String value) {
        try {
            broker.producer()
                    .send(new ProducerRecord<>(
                            shared.topic(), key.getBytes(StandardCharsets.UTF_8), value == null ? null : bytes(value)))
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Keys that would be left if the topic were compacted now. */
    List<String> liveKeys() {
        Map<String, byte[]> last = new java.util.LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : broker.records(shared.topic())) {
            last.put(new String(record.key(), StandardCharsets.UTF_8), record.value());
        }
        return last.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void close() {
        open.forEach(Runnable::run);
    }
}
