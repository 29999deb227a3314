package dev.kafila.mapping.store;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.MappingStatus;
import dev.kafila.mapping.Observation;
import dev.kafila.mapping.scale.Scale;
import dev.kafila.mapping.scale.Scaling;
import dev.kafila.settings.MappingSettings.Polling;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.ProvisionedPollerConfig;

/** How many pollers each mapping has, decided anew in each interval. */
final class Scales {
    private static final int BATCH_SIZE = 100;

    private final Polling polling;
    private final Clock clock;
    private final Map<String, Scale> scales = new HashMap<>();
    private final Map<String, Samples> samples = new HashMap<>();
    private final Map<String, Instant> decided = new HashMap<>();

    Scales(Polling polling, Clock clock) {
        this.polling = polling;
        this.clock = clock;
    }

    /**
     * How many pollers of a mapping are to run.
     *
     * @param before what another owner has decided; null if nobody has
     */
    int pollers(Mapping mapping, MappingStatus before, Collection<Observation> seen) {
        String uuid = mapping.uuid();
        Scaling scaling = scaling(mapping);
        Scale scale = scales.computeIfAbsent(
                uuid,
                unknown -> before == null || before.pollers() == 0 ? scaling.start() : Scale.of(before.pollers()));
        Samples sampled = samples.computeIfAbsent(uuid, unknown -> new Samples());
        sampled.add(seen);
        Instant now = clock.instant();
        Duration since = Duration.between(decided.computeIfAbsent(uuid, unknown -> now), now);
        if (since.compareTo(polling.scalingInterval()) >= 0 && !sampled.isEmpty()) {
            scale = scaling.next(scale, sampled.load());
            decided.put(uuid, now);
            samples.put(uuid, new Samples());
        }
        scale = scaling.within(scale, sampled.partitions());
        scales.put(uuid, scale);
        return scale.pollers();
    }

    /** Forgets all others. */
    void retain(Set<String> uuids) {
        scales.keySet().retainAll(uuids);
        samples.keySet().retainAll(uuids);
        decided.keySet().retainAll(uuids);
    }

    private Scaling scaling(Mapping mapping) {
        EventSourceMappingConfiguration configuration = mapping.configuration();
        ProvisionedPollerConfig provisioned = configuration.provisionedPollerConfig();
        int minimum = provisioned == null ? 1 : Objects.requireNonNullElse(provisioned.minimumPollers(), 1);
        int maximum = provisioned == null
                ? polling.maxPollers()
                : Objects.requireNonNullElse(provisioned.maximumPollers(), polling.maxPollers());
        return new Scaling(
                minimum, Math.max(minimum, maximum), Objects.requireNonNullElse(configuration.batchSize(), BATCH_SIZE));
    }
}
