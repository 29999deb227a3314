package dev.kafila.batch;

import static dev.kafila.batch.ConsumerFixture.await;
import static dev.kafila.batch.ConsumerFixture.consumer;
import static dev.kafila.batch.ConsumerFixture.ledger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.sandbox.SandboxBroker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class StartingPositionTest {
    private final SandboxBroker broker;
    private ConsumerFixture fixture;

    StartingPositionTest(SandboxBroker broker) {
        this.broker = broker;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void latestIsCommittedBeforeAnythingIsDeliveredAndSkipsNothingAfterACrash() {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 100);

        // Nothing arrives and nothing is delivered, and yet the group has its place.
        DefaultCamelContext first = fixture.start("startingPosition=latest", exchange -> {});
        fixture.awaitCommitted(0, 100);
        fixture.stop(first);
        fixture.produce(0, 50);

        fixture.start("startingPosition=latest", exchange -> {});
        fixture.awaitDelivered(50);
        assertThat(fixture.offsets(0)).isEqualTo(offsets(100, 150));
    }

    @Test
    void aMemberThatGetsAPartitionOfANewGroupLaterStartsWhereTheGroupDid() throws Exception {
        fixture = new ConsumerFixture(broker, 2);
        fixture.produce(1, 10);
        DefaultCamelContext first = fixture.start("startingPosition=latest", exchange -> {});
        fixture.awaitCommitted(0, 0);
        fixture.awaitCommitted(1, 10);
        fixture.stop(first);
        // As if the first member had crashed after it committed partition 0 and before partition 1.
        broker.admin()
                .deleteConsumerGroupOffsets(fixture.group, java.util.Set.of(new TopicPartition(fixture.topic, 1)))
                .all()
                .get(10, TimeUnit.SECONDS);
        fixture.produce(1, 5);

        fixture.start("startingPosition=latest", exchange -> {});
        fixture.awaitDelivered(5);

        assertThat(fixture.offsets(1)).isEqualTo(offsets(10, 15));
    }

    @Test
    void aPartitionAddedLaterStartsAtItsBeginning() throws Exception {
        fixture = new ConsumerFixture(broker, 1);
        DefaultCamelContext first = fixture.start("startingPosition=latest", exchange -> {});
        fixture.awaitCommitted(0, 0);
        fixture.stop(first);
        broker.admin()
                .createPartitions(Map.of(fixture.topic, NewPartitions.increaseTo(2)))
                .all()
                .get(10, TimeUnit.SECONDS);
        await(() -> broker.endOffsets(fixture.topic).size() == 2);
        fixture.produce(1, 20);

        fixture.start("startingPosition=latest", exchange -> {});
        fixture.awaitDelivered(20);

        assertThat(fixture.offsets(1)).isEqualTo(offsets(0, 20));
    }

    @Test
    void aTimeStartsAtTheFirstRecordOfThatTime() throws Exception {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 10);
        Thread.sleep(20);
        Instant between = Instant.now();
        Thread.sleep(20);
        fixture.produce(0, 10);

        fixture.start("startingPosition=" + between, exchange -> {});
        fixture.awaitDelivered(10);

        assertThat(fixture.offsets(0)).isEqualTo(offsets(10, 20));
    }

    @Test
    void whatRetentionTookFromAStoppedPartitionIsCountedAndStopsIt() {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 10);
        DefaultCamelContext first = fixture.start("", exchange -> {});
        fixture.awaitCommitted(0, 10);
        fixture.stop(first);
        fixture.delivered.clear();
        fixture.produce(0, 90);
        broker.deleteRecordsBefore(new TopicPartition(fixture.topic, 0), 40);

        DefaultCamelContext context = fixture.start("", exchange -> {});
        TopicPartition partition = new TopicPartition(fixture.topic, 0);
        await(() -> consumer(context).stoppedPartitions().containsKey(partition));

        assertThat(consumer(context).stoppedPartitions().get(partition)).contains("records 10 to 39");
        assertThat(fixture.committed(0)).isEqualTo(10);
        assertThat(ledger(context).get(0).expired()).isEqualTo(30);
        consumer(context).resumePartition(partition);
        fixture.awaitCommitted(0, 100);
        assertThat(fixture.offsets(0)).isEqualTo(offsets(40, 100));
        assertThat(ledger(context)).allMatch(Ledger.Entry::balanced);
    }

    @Test
    void withRetryAGapIsCountedAndTheRestGoesOn() {
        fixture = new ConsumerFixture(broker, 1);
        fixture.produce(0, 10);
        DefaultCamelContext first = fixture.start("", exchange -> {});
        fixture.awaitCommitted(0, 10);
        fixture.stop(first);
        fixture.produce(0, 90);
        broker.deleteRecordsBefore(new TopicPartition(fixture.topic, 0), 40);

        DefaultCamelContext context = fixture.start("onFailure=retry", exchange -> {});
        fixture.awaitCommitted(0, 100);

        assertThat(ledger(context).get(0).expired()).isEqualTo(30);
        assertThat(ledger(context).get(0).delivered()).isEqualTo(60);
        assertThat(ledger(context)).allMatch(Ledger.Entry::balanced);
    }

    @Test
    void aPatternTakesEveryTopicThatMatches() {
        fixture = new ConsumerFixture(broker, 1);
        String second = fixture.topic + "-second";
        broker.createTopic(second, 1);
        fixture.produce(0, 5);
        fixture.produce(second, 0, 5, 10);
        AtomicBoolean other = new AtomicBoolean();

        fixture.start(
                fixture.topic + ".*",
                "topicIsPattern=true",
                exchange -> other.compareAndSet(
                        false,
                        exchange.getMessage().getBody(RecordBatch.class).topic().equals(second)));
        fixture.awaitDelivered(10);

        assertThat(other).isTrue();
    }

    @Test
    void severalTopicsAreConsumedByOneConsumer() {
        fixture = new ConsumerFixture(broker, 1);
        String second = fixture.topic + "-second";
        broker.createTopic(second, 1);
        fixture.produce(0, 5);
        fixture.produce(second, 0, 5, 10);

        fixture.start(fixture.topic + "," + second, "", exchange -> {});
        fixture.awaitDelivered(10);

        assertThat(fixture.delivered.stream().map(RecordBatch::topic)).containsOnly(fixture.topic, second);
    }

    private static List<Long> offsets(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }
}
