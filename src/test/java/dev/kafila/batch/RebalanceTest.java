package dev.kafila.batch;

import static dev.kafila.batch.ConsumerFixture.await;
import static dev.kafila.batch.ConsumerFixture.consumer;
import static dev.kafila.batch.ConsumerFixture.ledger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.sandbox.SandboxBroker;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RebalanceTest {
    private final SandboxBroker broker;
    private ConsumerFixture fixture;

    RebalanceTest(SandboxBroker broker) {
        this.broker = broker;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aSecondMemberJoinsAndLeavesThreeTimesUnderLoadAndNothingIsLostOrSentTwice() {
        fixture = new ConsumerFixture(broker, 8);
        for (int partition = 0; partition < 8; partition++) {
            fixture.produce(partition, 2_000);
        }

        DefaultCamelContext first = fixture.start("batchSize=20&bufferBytes=1048576", exchange -> Thread.sleep(10));
        for (int round = 1; round <= 3; round++) {
            DefaultCamelContext second =
                    fixture.start("batchSize=20&bufferBytes=1048576", exchange -> Thread.sleep(10));
            await(() -> !ledger(second).isEmpty());
            fixture.stop(second);
            assertThat(ledger(second)).allMatch(entry -> entry.balanced() && entry.inFlight() == 0);
        }
        for (int partition = 0; partition < 8; partition++) {
            fixture.awaitCommitted(partition, 2_000);
        }

        // Every revoke drained in time, so not even a duplicate is allowed.
        assertThat(fixture.deliveredRecords()).isEqualTo(16_000);
        for (int partition = 0; partition < 8; partition++) {
            assertThat(fixture.offsets(partition)).isSorted().hasSize(2_000).doesNotHaveDuplicates();
        }
        assertThat(ledger(first)).allMatch(Ledger.Entry::balanced);
    }

    @Test
    void aBatchThatWaitsForARetryIsAbandonedAtOnceOnAStop() {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 10);
        Waiting waiting = new Waiting();

        DefaultCamelContext context = fixture.start("", waiting);
        await(waiting.waits::get);
        long before = System.nanoTime();
        consumer(context).stop();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(waiting.lease.isLive()).isFalse();
        assertThat(fixture.committed(0)).isZero();
        assertThat(ledger(context)).allMatch(entry -> entry.balanced() && entry.consumed() == 0);
    }

    @Test
    void aBatchThatWaitsForARetryGoesToTheMemberThatGetsItsPartition() {
        fixture = new ConsumerFixture(broker, 2);
        fixture.produce(0, 10);
        fixture.produce(1, 10);
        DefaultCamelContext first = fixture.start("", new Waiting());
        await(() -> ledger(first).stream().mapToLong(Ledger.Entry::inFlight).sum() == 20);

        fixture.start("", exchange -> {});
        fixture.awaitDelivered(10);

        await(() -> ledger(first).stream().mapToLong(Ledger.Entry::inFlight).sum() == 10);
        assertThat(ledger(first)).allMatch(Ledger.Entry::balanced);
    }

    @Test
    void theBrokerStopsAndComesBackAndEverythingGoesOn() {
        fixture = new ConsumerFixture(broker, 2);
        fixture.produce(0, 500);
        fixture.produce(1, 500);
        AtomicInteger calls = new AtomicInteger();

        // The whole case, 20 s, is in the fault suite.
        DefaultCamelContext context = fixture.start("batchSize=10", exchange -> {
            calls.incrementAndGet();
            Thread.sleep(20);
        });
        await(() -> calls.get() > 10);
        broker.stop();
        await(() -> calls.get() > 0 && ledger(context).stream().allMatch(entry -> entry.inFlight() == 0));
        broker.restart();
        fixture.awaitCommitted(0, 500);
        fixture.awaitCommitted(1, 500);

        Set<Long> unique = new HashSet<>(fixture.offsets(0));
        assertThat(unique).hasSize(500);
        assertThat(ledger(context)).allMatch(Ledger.Entry::balanced);
    }

    /** Behaves as a delivery that waits for its next attempt: no thread is held, no call is out, and a tick looks at the lease. */
    private static final class Waiting extends AsyncProcessorSupport {
        private final AtomicBoolean waits = new AtomicBoolean();
        private volatile BatchLease lease;

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            // Several partitions are delivered at once: each waits for the end of its own lease.
            BatchLease own = exchange.getProperty(BatchConstants.LEASE, BatchLease.class);
            lease = own;
            own.executor().execute(() -> waits.set(true));
            tick(own, exchange, callback);
            return false;
        }

        private static void tick(BatchLease held, Exchange exchange, AsyncCallback callback) {
            CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(() -> {
                if (held.isLive()) {
                    tick(held, exchange, callback);
                } else {
                    exchange.setException(new BatchAbandonedException("test"));
                    callback.done(false);
                }
            });
        }
    }
}
