package dev.kafila.batch;

import static dev.kafila.batch.ConsumerFixture.await;
import static dev.kafila.batch.ConsumerFixture.consumer;
import static dev.kafila.batch.ConsumerFixture.ledger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.sandbox.SandboxBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class LifecycleTest {
    private final SandboxBroker broker;
    private ConsumerFixture fixture;

    LifecycleTest(SandboxBroker broker) {
        this.broker = broker;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aSuspendedContextConsumesNothingAndAResumedOneGoesOn() {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 10);
        DefaultCamelContext context = fixture.start("", exchange -> {});
        fixture.awaitCommitted(0, 10);

        context.suspend();
        fixture.produce(0, 10);
        Awaitility.await()
                .during(Duration.ofMillis(700))
                .atMost(Duration.ofSeconds(5))
                .until(() -> fixture.deliveredRecords() == 10);
        context.resume();

        fixture.awaitCommitted(0, 20);
        assertThat(fixture.deliveredRecords()).isEqualTo(20);
    }

    @Test
    void aRouteStopsAndStartsAgainAndLeavesNoThreadBehind() throws Exception {
        fixture = new ConsumerFixture(broker, 1);
        DefaultCamelContext context = fixture.start("consumersCount=2", exchange -> {});
        for (int round = 1; round <= 3; round++) {
            fixture.produce(0, 10);
            fixture.awaitCommitted(0, round * 10L);
            context.getRouteController().stopRoute("flow");
            await(() -> threads().isEmpty());
            context.getRouteController().startRoute("flow");
        }

        assertThat(fixture.deliveredRecords()).isEqualTo(30);
        assertThat(ledger(context)).allMatch(Ledger.Entry::balanced);
    }

    @Test
    void aConsumerThatHasNotJoinedStopsAtOnce() {
        fixture = new ConsumerFixture(broker, 1);
        DefaultCamelContext context = fixture.start("brokers=127.0.0.1:1", exchange -> {});
        await(() -> !threads().isEmpty());
        assertThat(consumer(context).problems()).isNotEmpty();
        long before = System.nanoTime();
        fixture.stop(context);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
        await(() -> threads().isEmpty());
    }

    @Test
    void aConsumerStopsInTheMiddleOfARebalance() {
        fixture = new ConsumerFixture(broker, 4);
        DefaultCamelContext other = fixture.start("", exchange -> {});
        fixture.produce(0, 10);
        fixture.awaitCommitted(0, 10);
        for (int round = 0; round < 3; round++) {
            DefaultCamelContext context = fixture.start("", exchange -> {});
            fixture.stop(context);
        }
        fixture.produce(1, 10);
        fixture.awaitCommitted(1, 10);

        assertThat(fixture.deliveredRecords()).isEqualTo(20);
        assertThat(ledger(other)).allMatch(Ledger.Entry::balanced);
    }

    @Test
    void aMemberThatEndsByAnErrorIsNotReady() {
        fixture = new ConsumerFixture(broker, 1);
        AtomicBoolean broken = new AtomicBoolean();
        fixture.tamper(client -> TamperedClients.with(client, Map.of("poll/1", (real, arguments) -> {
            if (broken.get()) {
                throw new NoClassDefFoundError("a plug-in's");
            }
            return real.call();
        })));
        DefaultCamelContext context = fixture.start("", exchange -> {});
        await(() -> consumer(context).problems().isEmpty());

        broken.set(true);
        await(() -> threads().isEmpty());

        assertThat(consumer(context).problems()).singleElement().asString().contains("NoClassDefFoundError");
    }

    @Test
    void wakeupsThatComeLateDoNotBreakAnAssignment() {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 10);
        AtomicInteger left = new AtomicInteger(3);
        AtomicInteger clients = new AtomicInteger();
        fixture.tamper(client -> {
            clients.incrementAndGet();
            return TamperedClients.with(client, Map.of("committed/1", (real, arguments) -> {
                if (left.getAndDecrement() > 0) {
                    throw new WakeupException();
                }
                return real.call();
            }));
        });

        fixture.start("", exchange -> {});
        fixture.awaitCommitted(0, 10);

        assertThat(clients).hasValue(1);
    }

    @Test
    void whatIsThrownPastTheRouteIsAFailureOfItsBatch() throws Exception {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 10);
        DefaultCamelContext context = fixture.start("", exchange -> {});
        fixture.awaitCommitted(0, 10);
        String uri = consumer(context).getEndpoint().getEndpointUri();
        KafkaBatchEndpoint endpoint = context.getEndpoint(uri, KafkaBatchEndpoint.class);
        context.getRouteController().stopRoute("flow");
        KafkaBatchConsumer consumer = (KafkaBatchConsumer) endpoint.createConsumer(new Throwing());
        consumer.setRouteId("flow");

        consumer.start();
        try {
            fixture.produce(0, 10);
            await(() -> consumer.stoppedPartitions().containsKey(new TopicPartition(fixture.topic, 0)));
        } finally {
            consumer.stop();
        }

        assertThat(fixture.committed(0)).isEqualTo(10);
    }

    @Test
    void aRouteThatLeavesSomethingElseThanOutcomesIsNotCommitted() {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 10);

        DefaultCamelContext context =
                fixture.start("", exchange -> exchange.setProperty(BatchConstants.OUTCOMES, "all fine"));
        await(() -> !consumer(context).stoppedPartitions().isEmpty());

        assertThat(consumer(context).stoppedPartitions().values())
                .singleElement()
                .asString()
                .contains("kafilaOutcomes")
                .doesNotContain("all fine");
    }

    private List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.contains("KafkaBatchPoll[flow") || name.contains("KafkaBatchDelivery[flow"))
                .toList();
    }

    private static final class Throwing extends AsyncProcessorSupport {
        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            throw new IllegalStateException("thrown, not set");
        }
    }
}
