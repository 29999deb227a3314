package dev.kafila.mapping.store;

import dev.kafila.mapping.StoreUnavailableException;
import dev.kafila.mapping.store.MappingTable.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the topic from its beginning, and on, with a thread of its own that no outage ends. What was read stays readable meanwhile. */
final class TopicLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicLog.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long CONTACT_NANOS = Duration.ofMinutes(1).toNanos();

    /** Deletions are forgotten a day after compaction (delete.retention.ms): whoever was away for long may have missed some. */
    private static final long LONGEST_AWAY_NANOS = Duration.ofHours(6).toNanos();

    private final StoreClients clients;
    private final StoreTopic topic;
    private final TopicPartition partition;
    private final Map<StoreKey, CompletableFuture<Verdict>> expected = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private final Object lock = new Object();

    private MappingTable table;
    private long position = -1;
    private RuntimeException problem;

    TopicLog(StoreClients clients, StoreTopic topic) {
        this.clients = clients;
        this.topic = topic;
        partition = topic.partition();
        thread = new Thread(this::run, "kafila-mapping-log");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * Asks the table, on the caller's thread and under a lock.
     *
     * @throws StoreUnavailableException if the topic was not read to its end yet
     */
    <T> T ask(Function<MappingTable, T> question) {
        synchronized (lock) {
            if (table == null) {
                throw unavailable();
            }
            return question.apply(table);
        }
    }

    boolean isReadable() {
        synchronized (lock) {
            return table != null;
        }
    }

    /** Done when the change was read, right after it was. To be asked for before the change is written. */
    CompletableFuture<Verdict> expect(StoreKey.Change key) {
        return expected.computeIfAbsent(key, unread -> new CompletableFuture<>());
    }

    void forget(StoreKey.Change key) {
        expected.remove(key);
    }

    /**
     * Returns when everything before the offset was read.
     *
     * @throws StoreUnavailableException if that takes too long
     */
    void await(long offset) {
        long until = System.nanoTime() + StoreClients.LONGEST.toNanos();
        synchronized (lock) {
            while (table == null || position < offset) {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                // Somebody has to do something about a topic that is not as it has to be.
                boolean refused =
                        table == null && problem instanceof StoreUnavailableException && problem.getCause() == null;
                if (refused || left <= 0 || !isOpen()) {
                    throw unavailable();
                }
                try {
                    lock.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw unavailable();
                }
            }
        }
    }

    private StoreUnavailableException unavailable() {
        if (problem instanceof StoreUnavailableException) {
            return new StoreUnavailableException(problem.getMessage(), problem);
        }
        String reason = problem == null ? "it has not been read to its end yet" : problem.getMessage();
        return new StoreUnavailableException(
                "Topic " + partition.topic() + ", where event source mappings live, cannot be read now: " + reason
                        + ". Try again when its brokers can be reached",
                problem);
    }

    private void run() {
        while (isOpen()) {
            try (Admin admin = clients.admin();
                    Consumer<byte[], byte[]> consumer = clients.reader()) {
                topic.require(admin);
                read(consumer);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    private void failed(RuntimeException failure) {
        if (!isOpen()) {
            return;
        }
        boolean told;
        synchronized (lock) {
            told = problem != null && Objects.equals(problem.getMessage(), failure.getMessage());
            problem = failure;
            lock.notifyAll();
        }
        if (!told) {
            LOG.error(
                    "Event source mappings in {} cannot be read: {}. That is tried again every {} s, and mappings that"
                            + " run go on",
                    partition,
                    failure.getMessage(),
                    PAUSE.toSeconds());
        }
        try {
            if (closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("Topic {} is not needed any more", partition.topic());
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but to end it.
            closing.countDown();
        }
    }

    private void read(Consumer<byte[], byte[]> consumer) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = end(consumer);
        MappingTable fresh = new MappingTable();
        while (isOpen() && consumer.position(partition) < end) {
            consumer.poll(POLL).forEach(record -> apply(record, fresh));
        }
        if (isOpen()) {
            publish(fresh, consumer.position(partition));
        }
        long contact = System.nanoTime();
        while (isOpen()) {
            var records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                add(records, consumer);
            }
            if (System.nanoTime() - contact > CONTACT_NANOS) {
                contact = contact(consumer, contact);
            }
        }
    }

    /** When the brokers answered last; read again from the beginning if that was too long ago. */
    private long contact(Consumer<byte[], byte[]> consumer, long last) {
        boolean tooLong = System.nanoTime() - last > LONGEST_AWAY_NANOS;
        try {
            end(consumer);
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            LOG.debug("The brokers of {} do not answer", partition, e);
            return last;
        }
        if (tooLong) {
            throw new IllegalStateException("the brokers were away for so long that deletions may have been missed");
        }
        return System.nanoTime();
    }

    private long end(Consumer<byte[], byte[]> consumer) {
        return consumer.endOffsets(List.of(partition)).get(partition);
    }

    private void publish(MappingTable fresh, long readTo) {
        synchronized (lock) {
            table = fresh;
            position = readTo;
            problem = null;
            lock.notifyAll();
        }
    }

    private void add(Iterable<ConsumerRecord<byte[], byte[]>> records, Consumer<byte[], byte[]> consumer) {
        synchronized (lock) {
            records.forEach(record -> apply(record, table));
            position = consumer.position(partition);
            lock.notifyAll();
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record, MappingTable to) {
        StoreRecords.read(record).ifPresent(read -> {
            to.apply(read);
            if (read.value() != null && read.key() instanceof StoreKey.Change key) {
                CompletableFuture<Verdict> waiting = expected.remove(key);
                if (waiting != null) {
                    waiting.complete(to.verdict(key));
                }
            }
        });
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(StoreClients.LONGEST.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("The reading of topic {} has not ended in {}", partition.topic(), StoreClients.LONGEST);
        }
    }
}
