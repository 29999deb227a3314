package dev.kafila.mapping.scale;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Divides the pollers of mappings over instances: those of each mapping evenly, those of all mappings evenly, and as far as that allows
 * as they were before. The same input gives the same division, whoever makes it.
 */
public final class Division {
    private final SortedSet<String> instances;
    private final Map<String, Map<String, Integer>> before;

    /** Instances that run one poller of a mapping more than the others do. */
    private final Map<String, Set<String>> extras = new TreeMap<>();

    private Division(Collection<String> instances, Map<String, Map<String, Integer>> before) {
        this.instances = new TreeSet<>(instances);
        this.before = before;
    }

    /**
     * Divides anew.
     *
     * @param pollers   of each mapping
     * @param instances that are alive; at least one
     * @param before    of each mapping, pollers by instance
     * @return of each mapping, pollers by instance; an instance that runs none is not named
     */
    public static Map<String, Map<String, Integer>> of(
            Map<String, Integer> pollers, Collection<String> instances, Map<String, Map<String, Integer>> before) {
        Division division = new Division(instances, before);
        new TreeMap<>(pollers).forEach(division::keep);
        new TreeMap<>(pollers).forEach(division::fill);
        division.level();
        Map<String, Map<String, Integer>> shares = new HashMap<>();
        pollers.forEach((mapping, number) -> shares.put(mapping, division.shares(mapping, number)));
        return shares;
    }

    private int even(int pollers) {
        return pollers / instances.size();
    }

    private int rest(int pollers) {
        return pollers % instances.size();
    }

    /** Whoever ran more than an even part goes on doing so. */
    private void keep(String mapping, int pollers) {
        Map<String, Integer> ran = before.getOrDefault(mapping, Map.of());
        Set<String> kept = new HashSet<>();
        instances.stream()
                .filter(instance -> ran.getOrDefault(instance, 0) > even(pollers))
                .sorted(Comparator.comparing((String instance) -> ran.get(instance))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(rest(pollers))
                .forEach(kept::add);
        extras.put(mapping, kept);
    }

    /** The rest goes to whoever has least to do. */
    private void fill(String mapping, int pollers) {
        Set<String> chosen = extras.get(mapping);
        while (chosen.size() < rest(pollers)) {
            chosen.add(instances.stream()
                    .filter(instance -> !chosen.contains(instance))
                    .min(Comparator.comparing(this::load).thenComparing(Comparator.naturalOrder()))
                    .orElseThrow());
        }
    }

    private long load(String instance) {
        return extras.values().stream()
                .filter(chosen -> chosen.contains(instance))
                .count();
    }

    /** Moves single pollers until no instance has two more than another. */
    private void level() {
        Comparator<String> byLoad = Comparator.comparing(this::load);
        while (true) {
            String least = instances.stream().min(byLoad).orElseThrow();
            String most = instances.stream().max(byLoad).orElseThrow();
            if (load(most) - load(least) < 2) {
                return;
            }
            // There is one: the other has more of them.
            Set<String> moved = extras.values().stream()
                    .filter(chosen -> chosen.contains(most) && !chosen.contains(least))
                    .findFirst()
                    .orElseThrow();
            moved.remove(most);
            moved.add(least);
        }
    }

    private Map<String, Integer> shares(String mapping, int pollers) {
        Map<String, Integer> shares = new TreeMap<>();
        for (String instance : instances) {
            int share = even(pollers) + (extras.get(mapping).contains(instance) ? 1 : 0);
            if (share > 0) {
                shares.put(instance, share);
            }
        }
        return shares;
    }
}
