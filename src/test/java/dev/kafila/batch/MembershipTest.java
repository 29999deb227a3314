package dev.kafila.batch;

import static dev.kafila.batch.ConsumerFixture.await;
import static dev.kafila.batch.ConsumerFixture.consumer;
import static dev.kafila.batch.ConsumerFixture.ledger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.sandbox.SandboxBroker;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class MembershipTest {
    private final SandboxBroker broker;
    private ConsumerFixture fixture;

    MembershipTest(SandboxBroker broker) {
        this.broker = broker;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void consumersOfOneRouteShareItsPartitions() {
        fixture = new ConsumerFixture(broker, 4);
        DefaultCamelContext context = fixture.start("consumersCount=2", exchange -> {});
        await(() -> members().size() == 2
                && members().stream()
                        .allMatch(
                                member -> member.assignment().topicPartitions().size() == 2));

        for (int partition = 0; partition < 4; partition++) {
            fixture.produce(partition, 50);
        }
        for (int partition = 0; partition < 4; partition++) {
            fixture.awaitCommitted(partition, 50);
        }

        assertThat(fixture.deliveredRecords()).isEqualTo(200);
        assertThat(ledger(context)).hasSize(4).allMatch(Ledger.Entry::balanced);
    }

    @Test
    void aStaticMemberThatRestartsKeepsItsPartitionsWithoutARebalance() {
        fixture = new ConsumerFixture(broker, 2);
        fixture.produce(0, 10);
        DefaultCamelContext context = fixture.start("groupInstanceId=pod&consumersCount=2", exchange -> {});
        fixture.awaitCommitted(0, 10);
        await(() -> members().size() == 2);
        assertThat(members().stream().map(member -> member.groupInstanceId().orElse("none")))
                .containsExactlyInAnyOrder("pod-0", "pod-1");

        fixture.stop(context);
        assertThat(members()).hasSize(2);
        fixture.produce(0, 10);
        fixture.start("groupInstanceId=pod&consumersCount=2", exchange -> {});
        fixture.awaitCommitted(0, 20);

        assertThat(members()).hasSize(2);
        assertThat(fixture.deliveredRecords()).isEqualTo(20);
    }

    @Test
    void aSecondMemberOfTheSameStaticNameStopsTheFirstAndTheyDoNotFight() {
        fixture = new ConsumerFixture(broker, 1);
        DefaultCamelContext first = fixture.start("groupInstanceId=pod", exchange -> {});
        fixture.produce(0, 10);
        fixture.awaitCommitted(0, 10);

        DefaultCamelContext second = fixture.start("groupInstanceId=pod", exchange -> {});
        await(() -> first.getRouteController().getRouteStatus("flow").isStopped());
        fixture.produce(0, 10);
        fixture.awaitCommitted(0, 20);

        assertThat(consumer(first).problems()).isNotEmpty();
        assertThat(consumer(second).problems()).isEmpty();
    }

    private Collection<MemberDescription> members() {
        try {
            return broker.admin()
                    .describeConsumerGroups(List.of(fixture.group))
                    .all()
                    .get()
                    .get(fixture.group)
                    .members();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
