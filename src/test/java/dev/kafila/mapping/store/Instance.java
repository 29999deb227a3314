package dev.kafila.mapping.store;

import dev.kafila.aws.AwsSettings;
import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.scale.PollerMeters;
import dev.kafila.settings.MappingSettings;
import dev.kafila.settings.MappingSettings.Polling;
import dev.kafila.settings.MappingSettings.Shared;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One of several instances, without what polls. */
final class Instance implements AutoCloseable {
    final KafkaMappingStore store;
    final Coordinator coordinator;
    final FakePollers pollers = new FakePollers();
    final List<String> states = new CopyOnWriteArrayList<>();

    Instance(StoreFixture fixture, int maxPollers, Duration scalingInterval) {
        this(fixture.store(), fixture.shared, maxPollers, scalingInterval);
        fixture.closing(this::close);
    }

    Instance(KafkaMappingStore store, Shared shared, int maxPollers, Duration scalingInterval) {
        this.store = store;
        coordinator = new Coordinator(
                store,
                Coordinator.newName(),
                settings(shared, maxPollers, scalingInterval),
                pollers,
                (mapping, before, after) -> states.add(after.state() + " " + after.reason()),
                new PollerMeters(List.of()));
        coordinator.start();
    }

    private static MappingSettings settings(Shared shared, int maxPollers, Duration scalingInterval) {
        Polling polling = new Polling(
                Duration.ofSeconds(10),
                5,
                1 << 20,
                Duration.ofSeconds(5),
                maxPollers,
                scalingInterval,
                Duration.ofSeconds(10));
        return new MappingSettings(true, null, "000000000000", shared, null, polling, (AwsSettings) null);
    }

    /** The state that a client is shown. */
    String state(Mapping mapping) {
        return store.get(mapping.uuid())
                .map(stored -> stored.status() == null
                                || stored.status().version() < stored.mapping().version()
                        ? stored.mapping().configuration().state()
                        : stored.status().state())
                .orElse("none");
    }

    String reason(Mapping mapping) {
        return store.get(mapping.uuid()).orElseThrow().status().reason();
    }

    Optional<String> lastResult(Mapping mapping) {
        return store.get(mapping.uuid()).map(stored -> stored.status()).map(status -> status.lastResult());
    }

    @Override
    public void close() {
        coordinator.close();
    }
}
