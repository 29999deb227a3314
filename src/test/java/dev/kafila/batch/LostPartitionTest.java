package dev.kafila.batch;

import static dev.kafila.batch.ConsumerFixture.await;
import static dev.kafila.batch.ConsumerFixture.consumer;
import static dev.kafila.batch.ConsumerFixture.ledger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.sandbox.SandboxBroker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class LostPartitionTest {
    private final SandboxBroker broker;
    private ConsumerFixture fixture;

    LostPartitionTest(SandboxBroker broker) {
        this.broker = broker;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aLostPartitionCommitsNothingOfWhatWasOut() throws Exception {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 10);
        Gates gates = new Gates();

        DefaultCamelContext context = fixture.start("", gates);
        await(() -> gates.arrived.size() == 1);
        broker.admin()
                .removeMembersFromConsumerGroup(fixture.group, new RemoveMembersFromConsumerGroupOptions())
                .all()
                .get();
        await(() -> gates.arrived.size() == 2);

        gates.arrived.get(0).countDown();
        await(() -> fixture.deliveredRecords() == 10);
        staysUncommitted();
        gates.arrived.get(1).countDown();
        fixture.awaitCommitted(0, 10);
        assertThat(ledger(context)).allMatch(entry -> entry.balanced() && entry.consumed() == 10);
    }

    @Test
    void aCallThatOutlivesTheDrainTimeoutCommitsNothingAfterwards() {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 10);
        Gates gates = new Gates();

        DefaultCamelContext context = fixture.start("drainTimeout=300", gates);
        await(() -> gates.arrived.size() == 1);
        long before = System.nanoTime();
        consumer(context).stop();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        gates.arrived.get(0).countDown();
        await(() -> fixture.deliveredRecords() == 10);

        staysUncommitted();
        assertThat(ledger(context)).allMatch(entry -> entry.balanced() && entry.consumed() == 0);
    }

    @Test
    void aMemberWhoseHeartbeatsAreNotAnsweredHandsOutNothingNew() {
        fixture = new ConsumerFixture(broker, 1);
        AtomicBoolean frozen = new AtomicBoolean();
        fixture.tamper(client -> withoutHeartbeats(client, frozen));
        DefaultCamelContext context = fixture.start("sessionTimeoutMs=1000", exchange -> {});
        fixture.produce(0, 10);
        fixture.awaitCommitted(0, 10);

        frozen.set(true);
        await(() -> !consumer(context).problems().isEmpty());
        fixture.produce(0, 10);
        Awaitility.await()
                .during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(5))
                .until(() -> fixture.deliveredRecords() == 10);
        assertThat(consumer(context).problems()).singleElement().asString().contains("coordinator");

        frozen.set(false);
        fixture.awaitCommitted(0, 20);
        await(() -> consumer(context).problems().isEmpty());
    }

    private void staysUncommitted() {
        Awaitility.await()
                .during(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(5))
                .until(() -> fixture.committed(0) == 0);
    }

    /** The counter of answered heartbeats stands still. */
    private static Consumer<byte[], byte[]> withoutHeartbeats(Consumer<byte[], byte[]> client, AtomicBoolean frozen) {
        Map<MetricName, Metric> metrics = new HashMap<>(client.metrics());
        metrics.replaceAll((name, metric) -> name.name().equals("heartbeat-total") ? frozen(metric, frozen) : metric);
        return TamperedClients.with(client, Map.of("metrics/0", (real, arguments) -> metrics));
    }

    private static Metric frozen(Metric metric, AtomicBoolean frozen) {
        return new Metric() {
            private Object last = metric.metricValue();

            @Override
            public MetricName metricName() {
                return metric.metricName();
            }

            @Override
            public Object metricValue() {
                if (!frozen.get()) {
                    last = metric.metricValue();
                }
                return last;
            }
        };
    }

    /** Lets each call go on only when told. */
    private static final class Gates implements Processor {
        private final List<CountDownLatch> arrived = new CopyOnWriteArrayList<>();

        @Override
        public void process(Exchange exchange) throws InterruptedException {
            CountDownLatch gate = new CountDownLatch(1);
            arrived.add(gate);
            assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
