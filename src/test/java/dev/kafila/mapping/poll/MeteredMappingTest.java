package dev.kafila.mapping.poll;

import static dev.kafila.mapping.poll.PollerFixture.allowed;
import static dev.kafila.mapping.poll.PollerFixture.await;
import static dev.kafila.mapping.poll.PollerFixture.mapping;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.batch.Ledger;
import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.metrics.MeteredPollers;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.SandboxBroker;
import dev.kafila.sandbox.SandboxFunction;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.Filter;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;

/** The metrics of a mapping that runs, of which the numbers add up. */
class MeteredMappingTest {
    private static SandboxBroker broker;

    private final String topic = "orders-" + UUID.randomUUID();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PollerFixture fixture = new PollerFixture();
    private final SandboxFunction function = fixture.aws.function("orders");
    private MeteredPollers pollers;
    private Mapping mapping;

    @BeforeAll
    static void startBroker() {
        broker = SandboxBroker.start(Map.of());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whatIsPolledIsFilteredOrInvokedOrDroppedAndCommitted() {
        function.answers(Answer.functionError("Unhandled"));
        produce(20);
        start(more -> more.filterCriteria(criteria -> criteria.filters(Filter.builder()
                .pattern("{\"value\":[{\"anything-but\":[\"v1\",\"v2\",\"v3\"]}]}")
                .build())));

        await(() -> count("committed.events") == 20);

        assertThat(count("polled.events")).isEqualTo(20);
        assertThat(count("filtered.out.events")).isEqualTo(3);
        assertThat(count("failed.invoke.events")).isPositive();
        assertThat(count("invoked.events") - count("failed.invoke.events"))
                .isEqualTo(count("polled.events") - count("filtered.out.events"));
        assertThat(count("dropped.events")).isZero();
        assertThat(count("on.failure.destination.delivered.events")).isZero();
        assertThat(count("errors")).isZero();
    }

    @Test
    void whatTheFunctionReportsFailsAndIsDroppedWithoutADestination() {
        function.byDefault(Answer.functionError("Unhandled"));
        produce(5);
        start(more -> more.maximumRetryAttempts(1));

        await(() -> count("committed.events") == 5);

        assertThat(count("dropped.events")).isEqualTo(5);
        assertThat(count("invoked.events")).isEqualTo(10);
        assertThat(count("failed.invoke.events")).isEqualTo(10);
    }

    @Test
    void onlyTheRecordsThatTheFunctionNamesCountAsFailed() {
        function.answers(Answer.ok(
                "{\"batchItemFailures\":[{\"itemIdentifier\":{\"partition\":\"" + topic + "-0\",\"offset\":1}}]}"));
        produce(5);
        start(more -> more.functionResponseTypes(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES)
                .maximumBatchingWindowInSeconds(1));

        await(() -> count("committed.events") == 5);

        assertThat(count("failed.invoke.events")).isEqualTo(1);
        assertThat(count("invoked.events")).isEqualTo(6);
    }

    @Test
    void lagIsThatOfThePartitionsThatTheMappingHas() {
        function.byDefault(Answer.functionError("Unhandled"));
        broker.createTopic(topic, 2);
        PollerFixture.produce(broker, topic, 0, 3);
        PollerFixture.produce(broker, topic, 1, 5);
        start(more -> {});

        await(() -> gauge("sum.offset.lag") == 8);

        assertThat(gauge("max.offset.lag")).isEqualTo(5);
    }

    @Test
    void aSourceThatCannotBeReachedCountsAsErrors() {
        broker.createTopic(topic, 1);
        start(more -> more.selfManagedEventSource(source ->
                source.endpointsWithStrings(Map.of("KAFKA_BOOTSTRAP_SERVERS", List.of("nowhere.invalid:9092")))));

        await(() -> count("errors") > 0);
    }

    @Test
    void theyGoWithTheMappingWhenItHasEndedHere() {
        produce(1);
        start(more -> {});
        await(() -> count("committed.events") == 1);
        assertThat(registry.getMeters()).isNotEmpty().allSatisfy(meter -> assertThat(
                        meter.getId().getTag("function"))
                .isEqualTo(PollerFixture.function("orders")));

        await(() -> {
            pollers.run(Map.of());
            pollers.observe();
            return registry.getMeters().isEmpty();
        });
    }

    private void produce(int records) {
        broker.createTopic(topic, 1);
        PollerFixture.produce(broker, topic, 0, records);
    }

    private void start(Consumer<EventSourceMappingConfiguration.Builder> more) {
        fixture.allowing(allowed(broker.bootstrapServers(), "nowhere.invalid:9092"));
        pollers = new MeteredPollers(fixture.pollers, Ledger.of(fixture.context), List.of(registry), MappingRoute::id);
        mapping = mapping(broker.bootstrapServers(), topic, "orders", more);
        pollers.run(Map.of(mapping, 1));
    }

    private long count(String name) {
        return (long) registry.get("kafila.mapping." + name)
                .tag("uuid", mapping.uuid())
                .functionCounter()
                .count();
    }

    private long gauge(String name) {
        pollers.observe();
        return (long) registry.get("kafila.mapping." + name)
                .tag("uuid", mapping.uuid())
                .gauge()
                .value();
    }
}
