package dev.kafila.mapping.store;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.MappingExistsException;
import dev.kafila.mapping.MappingStore;
import dev.kafila.mapping.StaleMappingException;
import dev.kafila.mapping.StoreUnavailableException;
import dev.kafila.mapping.StoredMapping;
import dev.kafila.mapping.store.MappingTable.Verdict;
import dev.kafila.settings.MappingSettings.Shared;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;

/**
 * Mappings in a compacted topic of one partition, which every instance may change: of changes that were made of the same version the
 * first in the log wins, and whoever wrote another learns so by reading up to it. Thread-safe.
 */
public final class KafkaMappingStore implements MappingStore, AutoCloseable {
    private final StoreTopic topic;
    private final StoreClients clients;
    private final TopicLog log;
    private final TopicWriter writer;
    private final Clock clock;
    private Admin admin;

    /**
     * Connects to nothing yet.
     *
     * @param cluster properties that reach it, for Kafka clients of any kind
     */
    public KafkaMappingStore(Supplier<Map<String, Object>> cluster, Shared shared) {
        this(cluster, shared, Clock.systemUTC());
    }

    KafkaMappingStore(Supplier<Map<String, Object>> cluster, Shared shared, Clock clock) {
        topic = new StoreTopic(shared);
        clients = new StoreClients(cluster);
        log = new TopicLog(clients, topic);
        writer = new TopicWriter(clients, topic.partition());
        this.clock = clock;
    }

    /** Begins to read, now and after any outage, and makes the topic if it is missing; returns at once. */
    public void start() {
        log.start();
    }

    @Override
    public List<StoredMapping> list() {
        return now(table ->
                table.mappings().stream().map(KafkaMappingStore::stored).toList());
    }

    @Override
    public Optional<StoredMapping> get(String uuid) {
        return now(table -> Optional.of(table.row(uuid)).filter(Row::isThere).map(KafkaMappingStore::stored));
    }

    private static StoredMapping stored(Row row) {
        return new StoredMapping(
                row.current().orElseThrow().change().mapping(),
                row.status().map(StoredStatus::status).orElse(null));
    }

    @Override
    public void put(Mapping mapping) {
        long looked = clock.millis();
        long created = now(table -> table.requireNext(mapping, looked));
        StoreKey.Change key = new StoreKey.Change(
                mapping.uuid(), mapping.version(), UUID.randomUUID().toString());
        CompletableFuture<Verdict> read = log.expect(key);
        try {
            writer.write(List.of(new Write(key, StoreJson.change(mapping, created, looked))));
            settle(mapping, key, read.get(StoreClients.LONGEST.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unread(e);
        } catch (ExecutionException | TimeoutException e) {
            throw unread(e);
        } finally {
            log.forget(key);
        }
    }

    private StoreUnavailableException unread(Exception cause) {
        return new StoreUnavailableException(
                "A change was written to topic " + topic.partition().topic()
                        + " but could not be read again. Look what is there before you try again: it may still count",
                cause);
    }

    private void settle(Mapping mapping, StoreKey.Change key, Verdict verdict) {
        if (!verdict.wins()) {
            writer.tryToDelete(List.of(key));
            throw new StaleMappingException(mapping.uuid());
        }
        // Of two that are created at the same time the first in the log stays. It is the second one's writer that takes
        // it back: for other readers it is a mapping, if only for a moment, so they need not know what came before it.
        if (mapping.version() == 1 && verdict.twin().isPresent()) {
            writer.tryToDelete(List.of(key));
            throw new MappingExistsException(verdict.twin().orElseThrow());
        }
        writer.tryToDelete(log.ask(table -> table.superseded(key)));
    }

    /** Asks the table when everything was read that is written by now. */
    <T> T now(Function<MappingTable, T> question) {
        // Without a topic nobody knows its end.
        log.await(0);
        log.await(end());
        return log.ask(question);
    }

    /** Asks the table as it was read so far. */
    <T> T ask(Function<MappingTable, T> question) {
        return log.ask(question);
    }

    /** Whether the topic was read to its end once: what was read then can be asked for during an outage, too. */
    boolean isReadable() {
        return log.isReadable();
    }

    private long end() {
        try {
            return StoreTopic.get(admin().listOffsets(Map.of(topic.partition(), OffsetSpec.latest()))
                            .partitionResult(topic.partition()))
                    .offset();
        } catch (ExecutionException | KafkaException e) {
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            throw new StoreUnavailableException(
                    "Topic " + topic.partition().topic() + ", where event source mappings live, cannot be reached now: "
                            + cause.getMessage() + ". Try again when its brokers can be reached",
                    cause);
        }
    }

    /** Returns when the records are written, and read again. */
    void write(List<Write> records) {
        log.await(writer.write(records));
    }

    synchronized Admin admin() {
        if (admin == null) {
            admin = clients.admin();
        }
        return admin;
    }

    StoreClients clients() {
        return clients;
    }

    StoreTopic topic() {
        return topic;
    }

    @Override
    public void close() {
        log.close();
        writer.close();
        synchronized (this) {
            if (admin != null) {
                admin.close(StoreClients.LONGEST);
            }
        }
    }
}
