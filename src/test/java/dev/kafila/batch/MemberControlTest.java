package dev.kafila.batch;

import static dev.kafila.batch.ConsumerFixture.await;
import static dev.kafila.batch.ConsumerFixture.consumer;
import static dev.kafila.batch.ConsumerFixture.ledger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.sandbox.SandboxBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class MemberControlTest {
    private static final int PARTITIONS = 8;

    private final SandboxBroker broker;
    private ConsumerFixture fixture;

    MemberControlTest(SandboxBroker broker) {
        this.broker = broker;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void membersComeAndGoUnderLoadAndEveryRecordIsDeliveredOnceAndInOrder() {
        fixture = new ConsumerFixture(broker, PARTITIONS);
        DefaultCamelContext context = fixture.start("batchSize=20", exchange -> TimeUnit.MILLISECONDS.sleep(5));
        KafkaBatchConsumer consumer = consumer(context);
        produce(500);
        fixture.awaitDelivered(500);

        consumer.setMembers(4);
        produce(500);
        awaitJoined(consumer, 4);
        consumer.setMembers(2);
        produce(500);
        awaitJoined(consumer, 2);

        for (int partition = 0; partition < PARTITIONS; partition++) {
            fixture.awaitCommitted(partition, 1500);
            assertThat(fixture.offsets(partition))
                    .containsExactlyElementsOf(LongStream.range(0, 1500).boxed().toList());
        }
        assertThat(ledger(context)).hasSize(PARTITIONS).allMatch(Ledger.Entry::balanced);
    }

    @Test
    void aMemberThatIsTakenAwayLetsItsCallEndAndCommitsIt() throws InterruptedException {
        fixture = new ConsumerFixture(broker, 1);
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        KafkaBatchConsumer consumer = consumer(fixture.start("", exchange -> {
            called.countDown();
            mayEnd.await();
        }));
        fixture.produce(0, 10);
        called.await();

        consumer.setMembers(0);
        assertThat(consumer.members()).hasSize(1);
        assertThat(consumer.awaitEnded(Duration.ofMillis(10))).isFalse();
        mayEnd.countDown();

        assertThat(consumer.awaitEnded(Duration.ofSeconds(30))).isTrue();
        assertThat(consumer.members()).isEmpty();
        assertThat(fixture.committed(0)).isEqualTo(10);
    }

    @Test
    void aMemberTellsHowManyPartitionsThereAreAndHowFarItIsBehind() {
        fixture = new ConsumerFixture(broker, 3);
        CountDownLatch mayEnd = new CountDownLatch(1);
        DefaultCamelContext context = fixture.start("batchSize=10", exchange -> mayEnd.await());
        fixture.produce(0, 30);
        fixture.produce(1, 5);

        await(() -> state(context).partitions() == 3 && state(context).lag() == 35);
        mayEnd.countDown();

        await(() -> state(context).lag() == 0);
    }

    @Test
    void aMemberOfATopicThatDoesNotExistSaysSoUntilItDoes() throws Exception {
        fixture = new ConsumerFixture(broker, 1);
        String missing = fixture.topic + "-missing";
        DefaultCamelContext context = fixture.start(missing, "", exchange -> {});

        await(() -> state(context).partitions() == 0);
        broker.createTopic(missing, 2);
        fixture.produce(missing, 0, 10, 10);
        fixture.awaitDelivered(10);
        await(() -> state(context).partitions() == 2);

        broker.admin().deleteTopics(List.of(missing)).all().get();
        await(() -> state(context).partitions() == 0);
    }

    @Test
    void aFailureIsToldUntilTheMemberHasStayedInTheGroup() {
        fixture = new ConsumerFixture(broker, 1);
        AtomicBoolean refused = new AtomicBoolean(true);
        fixture.tamper(client -> {
            if (refused.get()) {
                throw new SaslAuthenticationException("no");
            }
            return client;
        });
        DefaultCamelContext context = fixture.start("", exchange -> {});

        await(() -> state(context).failure() instanceof SaslAuthenticationException);
        refused.set(false);

        await(() -> state(context).joined() && state(context).failure() == null);
    }

    @Test
    void aMemberThatFailsAsSoonAsItHasJoinedDoesNotPassForAWorkingOne() {
        fixture = new ConsumerFixture(broker, 1);
        fixture.tamper(client -> TamperedClients.with(client, Map.of("committed/1", (real, arguments) -> {
            throw new GroupAuthorizationException("group");
        })));
        DefaultCamelContext context = fixture.start("", exchange -> {});
        await(() -> state(context).failure() != null);

        Awaitility.await()
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(10))
                .until(() -> state(context).failure() instanceof GroupAuthorizationException);
    }

    @Test
    void aMemberWhoseBrokersDoNotAnswerIsSilent() {
        fixture = new ConsumerFixture(broker, 1);
        DefaultCamelContext context = fixture.start("brokers=127.0.0.1:1", exchange -> {});

        assertThat(state(context).silent()).isFalse();
        await(() -> state(context).silent());
        assertThat(state(context).joined()).isFalse();
    }

    private static MemberState state(DefaultCamelContext context) {
        return consumer(context).members().get(0);
    }

    private static void awaitJoined(KafkaBatchConsumer consumer, int members) {
        await(() -> consumer.members().size() == members
                && consumer.members().stream().allMatch(MemberState::joined));
    }

    private void produce(int records) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            fixture.produce(partition, records);
        }
    }
}
