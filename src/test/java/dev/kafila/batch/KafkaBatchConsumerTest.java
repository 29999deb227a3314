package dev.kafila.batch;

import static dev.kafila.batch.ConsumerFixture.await;
import static dev.kafila.batch.ConsumerFixture.consumer;
import static dev.kafila.batch.ConsumerFixture.ledger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.sandbox.SandboxBroker;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class KafkaBatchConsumerTest {
    private final SandboxBroker broker;
    private ConsumerFixture fixture;

    KafkaBatchConsumerTest(SandboxBroker broker) {
        this.broker = broker;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void everyRecordIsDeliveredInOrderInBatchesOfOnePartitionAndCommitted() {
        fixture = new ConsumerFixture(broker, 3);
        for (int partition = 0; partition < 3; partition++) {
            fixture.produce(partition, 250);
        }

        DefaultCamelContext context = fixture.start("batchSize=100", exchange -> {});
        fixture.awaitDelivered(750);

        for (int partition = 0; partition < 3; partition++) {
            assertThat(fixture.offsets(partition)).isEqualTo(offsets(0, 250));
            fixture.awaitCommitted(partition, 250);
        }
        assertThat(fixture.delivered).allMatch(batch -> batch.size() <= 100);
        await(() -> ledger(context).stream().mapToLong(Ledger.Entry::delivered).sum() == 750);
        assertThat(ledger(context)).allMatch(Ledger.Entry::balanced).allMatch(entry -> entry.route()
                .equals("flow"));
    }

    @Test
    void aBatchIsBoundedByBytesButOneRecordAlwaysGoes() {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(fixture.topic, 0, 6, 3_000);
        fixture.produce(fixture.topic, 0, 1, 20_000);

        fixture.start("batchBytes=10000", exchange -> {});
        fixture.awaitDelivered(7);

        assertThat(fixture.delivered.stream().map(RecordBatch::size)).containsExactly(3, 3, 1);
    }

    @Test
    void nothingIsCommittedBeforeItsDeliveryEnds() throws Exception {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 10);
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);

        fixture.start("", exchange -> {
            arrived.countDown();
            assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
        });
        assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(fixture.committed(0)).isZero();
        release.countDown();
        fixture.awaitCommitted(0, 10);
    }

    @Test
    void everyFifthBatchFailsAndIsTriedAgainWithNothingLost() {
        fixture = new ConsumerFixture(broker, 2);
        fixture.produce(0, 500);
        fixture.produce(1, 500);
        AtomicInteger calls = new AtomicInteger();

        DefaultCamelContext context = fixture.start("batchSize=50&onFailure=retry", exchange -> {
            if (calls.incrementAndGet() % 5 == 0) {
                throw new IllegalStateException("every fifth fails");
            }
        });
        fixture.awaitCommitted(0, 500);
        fixture.awaitCommitted(1, 500);

        assertThat(fixture.offsets(0)).isEqualTo(offsets(0, 500));
        assertThat(fixture.offsets(1)).isEqualTo(offsets(0, 500));
        assertThat(ledger(context)).allMatch(Ledger.Entry::balanced);
    }

    @Test
    void aPoisonRecordStopsOnlyItsPartitionAndResumeGoesOn() {
        fixture = new ConsumerFixture(broker, 2);
        fixture.produce(0, 300);
        fixture.produce(1, 300);
        AtomicBoolean poison = new AtomicBoolean(true);

        DefaultCamelContext context = fixture.start("batchSize=100", exchange -> {
            if (poison.get() && holds(exchange, 0, 150)) {
                throw new IllegalStateException("poison");
            }
        });
        fixture.awaitCommitted(1, 300);
        TopicPartition stopped = new TopicPartition(fixture.topic, 0);
        await(() -> consumer(context).stoppedPartitions().containsKey(stopped));

        assertThat(consumer(context).stoppedPartitions().get(stopped))
                .contains("@100..199")
                .contains("poison");
        assertThat(fixture.committed(0)).isEqualTo(100);
        assertThat(ledger(context)).allMatch(Ledger.Entry::balanced);

        poison.set(false);
        assertThat(consumer(context).resumePartition(stopped)).isTrue();
        fixture.awaitCommitted(0, 300);
        assertThat(fixture.offsets(0)).isEqualTo(offsets(0, 300));
        await(() -> consumer(context).stoppedPartitions().isEmpty());
        assertThat(consumer(context).resumePartition(stopped)).isFalse();
    }

    @Test
    void aPartitionStoppedByConfigurationGoesOnByItselfWhenAProbeSucceeds() {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 10);
        AtomicInteger calls = new AtomicInteger();

        DefaultCamelContext context = fixture.start("probeInterval=200", exchange -> {
            if (calls.incrementAndGet() < 4) {
                throw new PartitionStopException("no permission", null, true);
            }
        });
        await(() -> !consumer(context).stoppedPartitions().isEmpty());

        fixture.awaitCommitted(0, 10);
        await(() -> consumer(context).stoppedPartitions().isEmpty());
        assertThat(calls).hasValue(4);
    }

    @Test
    void whatARouteLeftOfABatchIsHandedBackWithIt() {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 10);
        List<Object> handedBack = new java.util.concurrent.CopyOnWriteArrayList<>();

        fixture.start("onFailure=retry", exchange -> {
            Object pending = exchange.getProperty(BatchConstants.PENDING);
            handedBack.add(String.valueOf(pending));
            if (pending == null) {
                exchange.setProperty(BatchConstants.PENDING, "the rest");
                throw new IllegalStateException("half of it");
            }
        });
        fixture.awaitCommitted(0, 10);

        assertThat(handedBack).containsExactly("null", "the rest");
    }

    @Test
    void aRouteThatAccountsForTooFewRecordsIsNotCommitted() {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 10);

        DefaultCamelContext context =
                fixture.start("", exchange -> exchange.setProperty(BatchConstants.OUTCOMES, Outcomes.delivered(9)));
        await(() -> !consumer(context).stoppedPartitions().isEmpty());

        assertThat(consumer(context).stoppedPartitions().values())
                .first()
                .asString()
                .contains("9 of 10");
        assertThat(fixture.committed(0)).isZero();
    }

    @Test
    void stopStopsTheRouteAndKeepsTheOffset() {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 10);

        DefaultCamelContext context = fixture.start("", exchange -> {
            throw new RouteStopException("enough", null);
        });
        await(() -> context.getRouteController().getRouteStatus("flow").isStopped());

        assertThat(fixture.committed(0)).isZero();
        assertThat(consumer(context).problems()).anyMatch(problem -> problem.contains("enough"));
    }

    @Test
    void aSlowCallDoesNotCostTheMembership() {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 20);
        AtomicInteger calls = new AtomicInteger();

        // The whole case, 25 s against 10 s, is in the fault suite.
        fixture.start("batchSize=10&maxPollIntervalMs=2000&sessionTimeoutMs=6000&drainTimeout=500", exchange -> {
            calls.incrementAndGet();
            Thread.sleep(5_000);
        });
        fixture.awaitCommitted(0, 20);

        assertThat(calls).hasValue(2);
        assertThat(fixture.offsets(0)).isEqualTo(offsets(0, 20));
    }

    @Test
    void aStopLetsCallsFinishAndCommitsThem() throws Exception {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 100);
        CountDownLatch arrived = new CountDownLatch(1);

        DefaultCamelContext context = fixture.start("batchSize=10", exchange -> {
            arrived.countDown();
            Thread.sleep(1_000);
        });
        assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
        fixture.stop(context);

        assertThat(fixture.deliveredRecords()).isEqualTo(10);
        assertThat(fixture.committed(0)).isEqualTo(10);
        assertThat(ledger(context)).allMatch(entry -> entry.balanced() && entry.inFlight() == 0);
    }

    @Test
    void badOptionsAreRefusedAllAtOnce() {
        fixture = new ConsumerFixture(broker, 1);

        assertThatThrownBy(() -> fixture.start("batchSize=0&maxInFlight=0", exchange -> {}))
                .rootCause()
                .hasMessageContaining("batchSize=0")
                .hasMessageContaining("maxInFlight=0");
        assertThatThrownBy(() -> fixture.start("drainTimeout=200s", exchange -> {}))
                .rootCause()
                .hasMessageContaining("max.poll.interval.ms");
        assertThatThrownBy(() -> fixture.start("startingPosition=yesterday", exchange -> {}))
                .hasStackTraceContaining("startingPosition=yesterday");
    }

    private static boolean holds(Exchange exchange, int partition, long offset) {
        RecordBatch batch = exchange.getMessage().getBody(RecordBatch.class);
        return batch.partition() == partition && batch.firstOffset() <= offset && offset <= batch.lastOffset();
    }

    private static List<Long> offsets(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }
}
