package dev.kafila.batch;

import static dev.kafila.batch.ConsumerFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.sandbox.SandboxBroker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class CommitTest {
    private final SandboxBroker broker;
    private ConsumerFixture fixture;

    CommitTest(SandboxBroker broker) {
        this.broker = broker;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aCommitThatFailsIsTriedAgainAndNeverPutsBackAnOlderOffset() {
        fixture = new ConsumerFixture(broker, 2);
        fixture.produce(0, 300);
        fixture.produce(1, 300);
        FailingCommits commits = new FailingCommits();
        fixture.tamper(commits::tamper);

        fixture.start("batchSize=20", exchange -> {});
        List<Long> seen = new ArrayList<>();
        await(() -> {
            seen.add(fixture.committed(0));
            return fixture.committed(0) == 300 && fixture.committed(1) == 300;
        });

        assertThat(seen).isSorted();
        assertThat(commits.failed).hasPositiveValue();
        assertThat(commits.sent(new TopicPartition(fixture.topic, 0))).isSorted();
        assertThat(fixture.offsets(0)).isEqualTo(offsets(300));
        assertThat(fixture.offsets(1)).isEqualTo(offsets(300));
    }

    @Test
    void anAcknowledgementThatComesWhileTheMemberLeavesHandsNothingOut() {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 20);
        HeldCommits commits = new HeldCommits();
        fixture.tamper(commits::tamper);
        AtomicInteger calls = new AtomicInteger();

        DefaultCamelContext context = fixture.start("batchSize=10", exchange -> calls.incrementAndGet());
        await(() -> !commits.held.isEmpty());
        fixture.stop(context);

        assertThat(calls).hasValue(1);
        assertThat(fixture.committed(0)).isEqualTo(10);
    }

    @Test
    void whatHoldsNoRecordIsCommittedToo() throws Exception {
        fixture = new ConsumerFixture(broker, 1);
        try (KafkaProducer<byte[], byte[]> producer = transactional()) {
            producer.initTransactions();
            for (int transaction = 0; transaction < 2; transaction++) {
                producer.beginTransaction();
                Future<RecordMetadata> sent = producer.send(
                        new ProducerRecord<>(fixture.topic, 0, null, "v".getBytes(StandardCharsets.UTF_8)));
                producer.commitTransaction();
                assertThat(sent.get().offset()).isEqualTo(transaction * 2L);
            }
        }

        fixture.start("", exchange -> {});
        // Two records, each with the marker of its transaction after it.
        fixture.awaitCommitted(0, 4);

        assertThat(fixture.offsets(0)).containsExactly(0L, 2L);
    }

    private KafkaProducer<byte[], byte[]> transactional() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", fixture.group),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static List<Long> offsets(long to) {
        return LongStream.range(0, to).boxed().toList();
    }

    /** Of five commits the second is not sent and the fourth is sent, but its answer gets lost. */
    private static final class FailingCommits {
        private final AtomicInteger number = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private final List<Map<TopicPartition, OffsetAndMetadata>> offsets = new CopyOnWriteArrayList<>();

        Consumer<byte[], byte[]> tamper(Consumer<byte[], byte[]> client) {
            return TamperedClients.with(client, Map.of("commitAsync/2", (real, arguments) -> {
                Map<TopicPartition, OffsetAndMetadata> asked = asked(arguments);
                OffsetCommitCallback callback = (OffsetCommitCallback) arguments[1];
                offsets.add(asked);
                switch (number.incrementAndGet() % 5) {
                    case 2 -> callback.onComplete(asked, failure());
                    case 4 -> client.commitAsync(asked, (done, e) -> callback.onComplete(asked, failure()));
                    default -> real.call();
                }
                return null;
            }));
        }

        private Exception failure() {
            failed.incrementAndGet();
            return new RetriableCommitFailedException("lost");
        }

        List<Long> sent(TopicPartition partition) {
            return offsets.stream()
                    .filter(commit -> commit.containsKey(partition))
                    .map(commit -> commit.get(partition).offset())
                    .toList();
        }

        @SuppressWarnings("unchecked") // The first parameter of commitAsync.
        static Map<TopicPartition, OffsetAndMetadata> asked(Object... arguments) {
            return (Map<TopicPartition, OffsetAndMetadata>) arguments[0];
        }
    }

    /** The answers of async commits come during the next sync commit, as they may. */
    private static final class HeldCommits {
        private final List<Runnable> held = new CopyOnWriteArrayList<>();

        Consumer<byte[], byte[]> tamper(Consumer<byte[], byte[]> client) {
            return TamperedClients.with(
                    client,
                    Map.of(
                            "commitAsync/2",
                            (real, arguments) -> {
                                Map<TopicPartition, OffsetAndMetadata> asked = FailingCommits.asked(arguments);
                                held.add(() -> ((OffsetCommitCallback) arguments[1]).onComplete(asked, null));
                                return null;
                            },
                            "commitSync/2",
                            (real, arguments) -> {
                                real.call();
                                held.forEach(Runnable::run);
                                return null;
                            }));
        }
    }
}
