package dev.kafila.mapping.poll;

import static dev.kafila.mapping.poll.PollerFixture.allowed;
import static dev.kafila.mapping.poll.PollerFixture.await;
import static dev.kafila.mapping.poll.PollerFixture.mapping;
import static dev.kafila.mapping.poll.PollerFixture.produce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.batch.SharedBroker;
import dev.kafila.mapping.Mapping;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.SandboxBroker;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What keeps mappings from running is told, and they heal when it is gone. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class MappingProblemsTest {
    private final SandboxBroker broker;
    private final String topic = "source-" + UUID.randomUUID();
    private PollerFixture fixture;

    MappingProblemsTest(SandboxBroker broker) {
        this.broker = broker;
    }

    @BeforeEach
    void start() {
        broker.createTopic(topic, 1);
        fixture = new PollerFixture().allowing(allowed(broker.bootstrapServers()));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aTopicThatDoesNotExistIsAConfigurationThatIsNotValidUntilItIsThere() throws Exception {
        String missing = "missing-" + UUID.randomUUID();
        Mapping mapping = mapping(broker.bootstrapServers(), missing, "orders", configuration -> {});
        fixture.run(1, mapping);
        fixture.awaitReason(mapping, "ESM_CONFIG_NOT_VALID");
        assertThat(broker.admin().listTopics().names().get()).doesNotContain(missing);

        broker.createTopic(missing, 1);
        fixture.awaitRunning(mapping, 1);
        produce(broker, missing, 0, 3);
        await(() -> fixture.offsets("orders", 0).size() == 3);

        broker.admin().deleteTopics(List.of(missing)).all().get();
        fixture.awaitReason(mapping, "ESM_CONFIG_NOT_VALID");
    }

    @Test
    void aFunctionThatIsGoneIsToldAndItsRecordsFlowOnceItIsThere() {
        Mapping mapping = of("orders");
        fixture.aws.function("orders").byDefault(Answer.status(404, "ResourceNotFoundException"));
        produce(broker, topic, 0, 3);
        fixture.run(1, mapping);
        fixture.awaitReason(mapping, "FUNCTION_CONFIG_NOT_VALID");
        assertThat(fixture.observation(mapping).lastResult())
                .isEqualTo("PROBLEM: Function call failed: ResourceNotFoundException 404");

        fixture.aws.function("orders").byDefault(Answer.status(403, "AccessDeniedException"));
        fixture.awaitSeen(
                mapping,
                seen -> seen.lastResult().contains("403") && seen.reason().equals("FUNCTION_CONFIG_NOT_VALID"));
        fixture.aws.function("orders").answersNormally();

        fixture.awaitSeen(
                mapping, seen -> seen.reason() == null && seen.lastResult().equals("OK"));
        assertThat(fixture.delivered("orders", 0)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aFunctionThatRefusesCallsForBeingTooManyIsThrottled() {
        Mapping mapping = of("orders");
        fixture.aws.function("orders").byDefault(Answer.throttle());
        produce(broker, topic, 0, 3);
        fixture.run(1, mapping);

        fixture.awaitSeen(mapping, seen -> seen.throttled() && seen.reason() == null);

        fixture.aws.function("orders").answersNormally();
        fixture.awaitSeen(mapping, seen -> !seen.throttled() && "OK".equals(seen.lastResult()));
    }

    @Test
    void brokersThatDoNotAnswerAreAConnectionErrorAndNoFaultOfTheMapping() {
        fixture.allowing(allowed("127.0.0.1:1"));
        Mapping mapping = mapping("127.0.0.1:1", topic, "orders", configuration -> {});
        fixture.run(1, mapping);

        fixture.awaitSeen(
                mapping,
                seen -> seen.lastResult() != null && seen.lastResult().startsWith("PROBLEM: Connection error"));
        assertThat(fixture.observation(mapping).reason()).isNull();
        assertThat(fixture.observation(mapping).pollers()).isZero();
    }

    @Test
    void brokersWhoseNamesAreUnknownAreAConnectionErrorToo() {
        fixture.allowing(allowed("no-such-host.invalid:9092"));
        Mapping mapping = mapping("no-such-host.invalid:9092", topic, "orders", configuration -> {});
        fixture.run(1, mapping);

        fixture.awaitSeen(
                mapping,
                seen -> seen.lastResult() != null && seen.lastResult().startsWith("PROBLEM: Connection error"));
    }

    @Test
    void whatTheOperatorDoesNotAllowIsNotRun() {
        Mapping mapping = mapping("elsewhere:9092", topic, "orders", configuration -> {});
        fixture.run(1, mapping);
        fixture.awaitReason(mapping, "ESM_CONFIG_NOT_VALID");

        assertThat(fixture.observation(mapping).lastResult()).contains("elsewhere:9092", "kafila.mapping.brokers");
        assertThat(fixture.context.getRoutes()).isEmpty();
    }

    @Test
    void aMappingThatCannotStartDoesNotHoldUpOthersAndEndsLikeAnyOther() {
        Mapping broken = mapping(broker.bootstrapServers(), "no topic?x=y", "orders", configuration -> {});
        Mapping works = of("invoices");
        produce(broker, topic, 0, 1);
        fixture.run(1, broken, works);

        await(() -> fixture.offsets("invoices", 0).size() == 1);
        fixture.awaitReason(broken, "ESM_CONFIG_NOT_VALID");
        fixture.run(1, works);
        await(() -> fixture.observation(broken) == null);
    }

    private Mapping of(String function) {
        return mapping(broker.bootstrapServers(), topic, function, configuration -> {});
    }
}
