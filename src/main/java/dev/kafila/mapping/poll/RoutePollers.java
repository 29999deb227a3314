package dev.kafila.mapping.poll;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Observation;
import dev.kafila.mapping.Pollers;
import dev.kafila.mapping.destination.DestinationClients;
import dev.kafila.settings.MappingSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs each mapping as a Camel route {@code mapping-<uuid>} of its own, from {@code kafka-batch} to the function. Closing it drains all of them. */
public final class RoutePollers implements Pollers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RoutePollers.class);
    private static final Duration AFTER_DRAIN = Duration.ofSeconds(30);

    private final Map<String, Poller> pollers = new ConcurrentHashMap<>();
    private final RouteMaker maker;
    private final MappingSettings.Polling settings;

    /**
     * Makes pollers, of which none runs yet.
     *
     * @param context      started
     * @param clientBean   name of the client of Lambda
     * @param destinations of what mappings give up; stay their owner's to close
     */
    public RoutePollers(
            CamelContext context, MappingSettings settings, String clientBean, DestinationClients destinations) {
        this.settings = settings.polling();
        maker = new RouteMaker(context, settings, clientBean, destinations);
    }

    /** The id of the route of a mapping, by which ledger, health and partitions know it. */
    public static String route(String uuid) {
        return MappingRoute.id(uuid);
    }

    @Override
    public void run(Map<Mapping, Integer> wanted) {
        Map<String, Mapping> here = wanted.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toMap(Mapping::uuid, mapping -> mapping));
        pollers.forEach((uuid, poller) -> {
            if (here.containsKey(uuid)) {
                return;
            }
            poller.end();
            if (poller.hasEnded()) {
                pollers.remove(uuid);
                poller.close();
            }
        });
        here.forEach(
                (uuid, mapping) -> pollers.computeIfAbsent(uuid, id -> new Poller(id, maker, settings.probeInterval()))
                        .run(mapping, wanted.get(mapping)));
    }

    @Override
    public Collection<Observation> observe() {
        return pollers.values().stream()
                .flatMap(poller -> poller.observe().stream())
                .toList();
    }

    /** Returns when all are drained, or the drain timeout is up. */
    @Override
    public void close() {
        pollers.values().forEach(Poller::end);
        long deadline =
                System.nanoTime() + settings.drainTimeout().plus(AFTER_DRAIN).toNanos();
        try {
            for (Map.Entry<String, Poller> poller : pollers.entrySet()) {
                long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (!poller.getValue().awaitEnd(Math.max(0, millis))) {
                    LOG.warn("Mapping {} has not ended in time, its records will be delivered again", poller.getKey());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pollers.clear();
    }
}
