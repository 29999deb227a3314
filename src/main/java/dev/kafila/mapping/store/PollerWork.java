package dev.kafila.mapping.store;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Mapping.Wanted;
import dev.kafila.mapping.Observation;
import dev.kafila.mapping.Pollers;
import dev.kafila.mapping.StoreUnavailableException;
import dev.kafila.mapping.scale.PollerMeters;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs this instance's share of the pollers, and tells what it sees of them. */
final class PollerWork implements Loop.Work {
    private static final Duration LATER = Duration.ofSeconds(5);

    private final KafkaMappingStore store;
    private final String instance;
    private final Pollers pollers;
    private final Observations observations;
    private final PollerMeters meters;

    /** @param scalingInterval in which lag has to be told several times */
    PollerWork(
            KafkaMappingStore store, String instance, Duration scalingInterval, Pollers pollers, PollerMeters meters) {
        this.store = store;
        this.instance = instance;
        this.pollers = pollers;
        this.meters = meters;
        Duration third = scalingInterval.dividedBy(3);
        observations = new Observations(instance, third.compareTo(LATER) < 0 ? third : LATER);
    }

    @Override
    public void step() {
        if (!store.isReadable()) {
            return;
        }
        Map<Mapping, Integer> shares = store.ask(this::shares);
        pollers.run(shares);
        Collection<Observation> seen = pollers.observe();
        meters.show(shares, seen);
        List<Write> news = observations.next(seen, store.ask(this::known), System.nanoTime());
        if (news.isEmpty()) {
            return;
        }
        try {
            store.write(news);
        } catch (StoreUnavailableException e) {
            observations.tellAgain();
            throw e;
        }
    }

    /** What is not wanted any more ends here at once, whatever the owner said before. */
    private Map<Mapping, Integer> shares(MappingTable table) {
        Map<Mapping, Integer> shares = new HashMap<>();
        for (Row row : table.mappings()) {
            Mapping mapping = row.current().orElseThrow().change().mapping();
            int share = row.status()
                    .map(status -> status.shares().getOrDefault(instance, 0))
                    .orElse(0);
            if (mapping.wanted() == Wanted.ENABLED && share > 0) {
                shares.put(mapping, share);
            }
        }
        return shares;
    }

    /** Mappings of which the log has an observation of this instance. */
    private List<String> known(MappingTable table) {
        return table.rows().stream()
                .filter(row -> row.seen().containsKey(instance))
                .map(Row::uuid)
                .toList();
    }

    /** From now on nothing is told: whoever waits for pollers of this instance to end need not wait for a dead one. */
    @Override
    public void close() {
        if (!store.isReadable()) {
            return;
        }
        List<Write> last = store.ask(this::known).stream()
                .map(uuid -> Write.deletion(new StoreKey.Seen(uuid, instance)))
                .toList();
        if (!last.isEmpty()) {
            store.write(last);
        }
    }
}
