package dev.kafila.mapping.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.batch.SharedBroker;
import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Mapping.Wanted;
import dev.kafila.sandbox.SandboxBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CoordinatorTest {
    private final StoreFixture fixture;

    CoordinatorTest(SandboxBroker broker) {
        fixture = new StoreFixture(broker);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aMappingGoesThroughItsStates() {
        Instance instance = instance();
        Mapping mapping = TestMappings.created();
        instance.store.put(mapping);
        soon(() -> assertThat(instance.state(mapping)).isEqualTo("Enabled"));
        assertThat(instance.pollers.running(mapping)).isEqualTo(1);
        assertThat(instance.lastResult(mapping)).contains("No records processed");

        Mapping updated = TestMappings.withBatchSize(mapping, 7);
        instance.store.put(updated);
        soon(() -> assertThat(instance.state(updated)).isEqualTo("Enabled"));
        Mapping disabled = TestMappings.changed(updated, Wanted.DISABLED);
        instance.store.put(disabled);
        soon(() -> assertThat(instance.state(mapping)).isEqualTo("Disabled"));
        assertThat(instance.pollers.running()).isEmpty();
        instance.store.put(TestMappings.changed(disabled, Wanted.DELETED));
        soon(() -> assertThat(instance.state(mapping)).isEqualTo("none"));

        assertThat(instance.store.list()).isEmpty();
        assertThat(instance.states)
                .map(state -> state.replace(" USER_INITIATED", ""))
                .containsExactly(
                        "Creating", "Enabled", "Updating", "Enabled", "Disabling", "Disabled", "Deleting", "Deleted");
    }

    @Test
    void aMappingIsThereUntilNoInstanceRunsItAnyMore() {
        Instance instance = instance();
        Mapping mapping = TestMappings.created();
        instance.store.put(mapping);
        soon(() -> assertThat(instance.state(mapping)).isEqualTo("Enabled"));
        instance.pollers.linger();

        instance.store.put(TestMappings.changed(mapping, Wanted.DELETED));
        soon(() -> assertThat(instance.states).contains("Deleting USER_INITIATED"));
        soon(() -> assertThat(instance.pollers.running()).isEmpty());
        assertThat(instance.state(mapping)).isEqualTo("Deleting");
        instance.pollers.end();

        soon(() -> assertThat(instance.state(mapping)).isEqualTo("none"));
    }

    @Test
    void whatIsWrongIsTheReasonUntilItIsRightAgain() {
        Instance instance = instance();
        instance.pollers.problem("EVENT_SOURCE_AUTHN_ERROR");
        instance.pollers.result("PROBLEM: no access");
        Mapping mapping = TestMappings.created();
        instance.store.put(mapping);
        soon(() -> assertThat(instance.states)
                .containsExactly("Creating USER_INITIATED", "Creating EVENT_SOURCE_AUTHN_ERROR"));
        assertThat(instance.lastResult(mapping)).contains("PROBLEM: no access");

        instance.pollers.problem(null);
        instance.pollers.result("OK");

        soon(() -> assertThat(instance.state(mapping)).isEqualTo("Enabled"));
        soon(() -> assertThat(instance.reason(mapping)).isEqualTo("USER_INITIATED"));
        soon(() -> assertThat(instance.lastResult(mapping)).contains("OK"));
    }

    @Test
    void instancesShareTheMappings() {
        Instance one = instance();
        List<Mapping> mappings = Stream.generate(TestMappings::created).limit(4).toList();
        mappings.forEach(one.store::put);
        soon(() -> assertThat(one.pollers.running()).hasSize(4));

        Instance other = instance();
        soon(() -> assertThat(one.pollers.running()).hasSize(2));
        soon(() -> assertThat(other.pollers.running())
                .hasSize(2)
                .doesNotContainKeys(one.pollers.running().keySet().toArray(String[]::new)));
        other.close();

        soon(() -> assertThat(one.pollers.running()).hasSize(4));
        assertThat(mappings)
                .allSatisfy(mapping -> assertThat(one.state(mapping)).isEqualTo("Enabled"));
    }

    @Test
    void whatADeadInstanceRanGoesToTheOthers() throws IOException {
        List<Mapping> mappings = Stream.generate(TestMappings::created).limit(4).toList();
        mappings.forEach(fixture.store()::put);
        Instance alive;
        try (InstanceProcess dead = InstanceProcess.start(fixture)) {
            // It came first, so it is the one that decides.
            soon(() -> assertThat(fixture.liveKeys())
                    .filteredOn(key -> key.contains("/seen/"))
                    .hasSize(4));
            alive = instance();
            soon(() -> assertThat(alive.pollers.running()).hasSize(2));
            assertThat(dead.process().isAlive()).isTrue();
        }

        soon(() -> assertThat(alive.pollers.running()).hasSize(4));
        alive.store.put(TestMappings.changed(mappings.get(0), Wanted.DELETED));
        soon(() -> assertThat(alive.state(mappings.get(0))).isEqualTo("none"));
        soon(() -> assertThat(fixture.liveKeys())
                .filteredOn(key -> key.contains("/seen/"))
                .hasSize(3));
    }

    @Test
    void aRestartBringsEverythingBack() {
        Instance before = instance();
        Mapping mapping = TestMappings.created();
        Mapping disabled = TestMappings.created();
        before.store.put(mapping);
        before.store.put(disabled);
        before.store.put(TestMappings.changed(disabled, Wanted.DISABLED));
        soon(() -> assertThat(before.state(mapping)).isEqualTo("Enabled"));
        soon(() -> assertThat(before.state(disabled)).isEqualTo("Disabled"));
        before.close();
        before.store.close();

        Instance after = instance();

        soon(() -> assertThat(after.pollers.running(mapping)).isEqualTo(1));
        assertThat(after.pollers.running()).hasSize(1);
        assertThat(after.state(mapping)).isEqualTo("Enabled");
        assertThat(after.state(disabled)).isEqualTo("Disabled");
        assertThat(after.states).isEmpty();
    }

    @Test
    void pollersAreAddedWhileThereIsMoreToDoAndTakenAwayAgain() {
        Instance one = new Instance(fixture, 6, Duration.ofSeconds(1));
        Instance other = new Instance(fixture, 6, Duration.ofSeconds(1));
        Mapping mapping = TestMappings.created();
        one.store.put(mapping);
        one.pollers.load(100_000, 1, false);
        other.pollers.load(100_000, 1, false);
        soon(() -> assertThat(one.pollers.running(mapping)).isEqualTo(3));
        soon(() -> assertThat(other.pollers.running(mapping)).isEqualTo(3));

        one.pollers.load(100_000, 1, true);
        soon(() -> assertThat(one.pollers.running(mapping) + other.pollers.running(mapping))
                .isEqualTo(1));
    }

    private Instance instance() {
        return new Instance(fixture, 200, Duration.ofSeconds(60));
    }

    private static void soon(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(assertion);
    }
}
