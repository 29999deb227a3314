package dev.kafila.mapping.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Mapping.Wanted;
import dev.kafila.mapping.StaleMappingException;
import dev.kafila.mapping.StoreUnavailableException;
import dev.kafila.sandbox.SandboxBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The broker goes, and comes again; or compacts. */
@Timeout(value = 150, unit = TimeUnit.SECONDS)
class OutageTest {
    private final SandboxBroker broker = SandboxBroker.start(Map.of("log.cleaner.backoff.ms", "100"));
    private final StoreFixture fixture = new StoreFixture(broker);

    @AfterEach
    void close() {
        fixture.close();
        broker.close();
    }

    @Test
    void whatRunsGoesOnWithoutABrokerAndEverythingIsRightAfterwards() {
        List<Instance> instances = Stream.generate(this::instance).limit(2).toList();
        Instance one = instances.get(0);
        List<Mapping> mappings = Stream.generate(TestMappings::created).limit(4).toList();
        mappings.forEach(one.store::put);
        soon(() -> assertThat(instances)
                .allSatisfy(instance -> assertThat(instance.pollers.running()).hasSize(2)));
        soon(() -> assertThat(mappings).allMatch(mapping -> one.state(mapping).equals("Enabled")));

        broker.stop();
        assertThatThrownBy(one.store::list)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("Try again when its brokers can be reached");
        assertThatThrownBy(() -> one.store.put(TestMappings.created())).isInstanceOf(StoreUnavailableException.class);
        assertThat(instances)
                .allSatisfy(instance -> assertThat(instance.pollers.running()).hasSize(2));
        broker.restart();

        soon(() -> assertThat(one.store.list()).hasSize(4));
        one.store.put(TestMappings.changed(mappings.get(0), Wanted.DELETED));
        soon(() -> assertThat(one.state(mappings.get(0))).isEqualTo("none"));
        instances.get(1).close();
        soon(() -> assertThat(one.pollers.running()).hasSize(3));
    }

    @Test
    void anInstanceThatStartsBeforeItsBrokerReadsEverythingLater() {
        Instance before = instance();
        Mapping mapping = TestMappings.created();
        before.store.put(mapping);
        soon(() -> assertThat(before.state(mapping)).isEqualTo("Enabled"));
        before.close();
        before.store.close();
        broker.stop();

        Instance after = instance();
        assertThatThrownBy(after.store::list).isInstanceOf(StoreUnavailableException.class);
        assertThat(after.pollers.running()).isEmpty();
        broker.restart();

        soon(() -> assertThat(after.pollers.running(mapping)).isEqualTo(1));
        assertThat(after.state(mapping)).isEqualTo("Enabled");
    }

    @Test
    void aNewInstanceFindsTheSameInACompactedTopic() {
        broker.createTopic(
                fixture.shared.topic(),
                1,
                Map.of(
                        "cleanup.policy", "compact",
                        "segment.ms", "50",
                        "delete.retention.ms", "0",
                        "min.cleanable.dirty.ratio", "0.001"));
        KafkaMappingStore store = fixture.store();
        Mapping deleted = TestMappings.created();
        store.put(deleted);
        store.put(TestMappings.changed(deleted, Wanted.DELETED));
        Mapping mapping = TestMappings.created();
        store.put(mapping);
        for (int size = 1; size <= 50; size++) {
            mapping = TestMappings.withBatchSize(mapping, size);
            store.put(mapping);
        }
        // More segments: the last one is never compacted.
        soon(() -> {
            fixture.write("u/seen/i", null);
            assertThat(broker.records(fixture.shared.topic())).hasSizeLessThan(20);
        });

        assertThat(fixture.store().list()).hasSize(2).isEqualTo(store.list());
        Mapping last = mapping;
        assertThatThrownBy(() -> fixture.store().put(last)).isInstanceOf(StaleMappingException.class);
    }

    private Instance instance() {
        return new Instance(fixture, 200, Duration.ofSeconds(60));
    }

    private static void soon(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                .untilAsserted(assertion);
    }
}
