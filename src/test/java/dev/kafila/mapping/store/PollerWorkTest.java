package dev.kafila.mapping.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.batch.SharedBroker;
import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Mapping.Wanted;
import dev.kafila.mapping.MappingStatus;
import dev.kafila.mapping.scale.PollerMeters;
import dev.kafila.sandbox.SandboxBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** An instance for which nobody decides any more. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class PollerWorkTest {
    private final StoreFixture fixture;
    private final KafkaMappingStore store;
    private final FakePollers pollers = new FakePollers();
    private final PollerWork work;
    private final Mapping mapping = TestMappings.created();

    PollerWorkTest(SandboxBroker broker) {
        fixture = new StoreFixture(broker);
        store = fixture.store();
        work = new PollerWork(store, "i", Duration.ofSeconds(60), pollers, new PollerMeters(List.of()));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whatItWasToldLastRunsOnInEveryVersion() {
        give(3);
        work.step();
        assertThat(pollers.running(mapping)).isEqualTo(3);

        store.put(TestMappings.withBatchSize(mapping, 7));
        work.step();

        assertThat(pollers.running(mapping)).isEqualTo(3);
        assertThat(pollers.observe()).allMatch(observation -> observation.version() == 2);
    }

    @Test
    void whatIsNotWantedAnyMoreEnds() {
        give(3);
        work.step();

        store.put(TestMappings.changed(mapping, Wanted.DISABLED));
        work.step();

        assertThat(pollers.running()).isEmpty();
        assertThat(fixture.liveKeys()).noneMatch(key -> key.contains("/seen/"));
    }

    @Test
    void whatItSawIsTakenBackWhenItEnds() {
        give(1);
        work.step();
        assertThat(fixture.liveKeys()).contains(mapping.uuid() + "/seen/i");

        work.close();

        assertThat(fixture.liveKeys()).noneMatch(key -> key.contains("/seen/"));
    }

    private void give(int share) {
        store.put(mapping);
        StoredStatus status = new StoredStatus(
                new MappingStatus(1, "Creating", "USER_INITIATED", "OK", share), "dead", Map.of("i", share));
        store.write(List.of(new Write(new StoreKey.Status(mapping.uuid(), 1), StoreJson.status(status))));
    }
}
