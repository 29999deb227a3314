package dev.kafila.mapping.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class DivisionTest {

    @Example
    void pollersGoRoundAndTheRestToWhoHasLeast() {
        Map<String, Map<String, Integer>> shares =
                Division.of(Map.of("a", 5, "b", 1, "c", 2), List.of("x", "y"), Map.of());

        assertThat(shares)
                .isEqualTo(Map.of("a", Map.of("x", 3, "y", 2), "b", Map.of("y", 1), "c", Map.of("x", 1, "y", 1)));
    }

    @Property
    void everyPollerRunsOnceAndNobodyHasMuchMoreThanAnother(
            @ForAll("pollers") Map<String, Integer> pollers,
            @ForAll("instances") Set<String> instances,
            @ForAll("before") Map<String, Map<String, Integer>> before) {
        Map<String, Map<String, Integer>> shares = Division.of(pollers, instances, before);

        assertThat(shares).containsOnlyKeys(pollers.keySet());
        shares.forEach((mapping, share) -> {
            assertThat(instances).containsAll(share.keySet());
            assertThat(sum(share.values())).isEqualTo(pollers.get(mapping));
            assertThat(spread(instances, List.of(share))).isLessThanOrEqualTo(1);
        });
        assertThat(spread(instances, shares.values())).isLessThanOrEqualTo(1);
    }

    @Property
    void aDivisionIsTheSameForEverybodyAndStaysAsItIs(
            @ForAll("pollers") Map<String, Integer> pollers,
            @ForAll("instances") Set<String> instances,
            @ForAll("before") Map<String, Map<String, Integer>> before,
            @ForAll Random random) {
        Map<String, Map<String, Integer>> shares = Division.of(pollers, instances, before);

        assertThat(Division.of(shuffled(pollers, random), shuffled(instances, random), shuffled(before, random)))
                .isEqualTo(shares);
        assertThat(Division.of(pollers, instances, shares)).isEqualTo(shares);
    }

    @Property
    void whoComesTakesNoMoreThanItsPartAndWhoGoesLeavesItToTheOthers(
            @ForAll @IntRange(min = 0, max = 40) int mappings, @ForAll @IntRange(min = 1, max = 6) int number) {
        Map<String, Integer> pollers = new HashMap<>();
        IntStream.range(0, mappings).forEach(i -> pollers.put("m" + i, 1));
        List<String> few = IntStream.range(0, number).mapToObj(i -> "i" + i).toList();
        List<String> more =
                IntStream.rangeClosed(0, number).mapToObj(i -> "i" + i).toList();
        Map<String, Map<String, Integer>> before = Division.of(pollers, few, Map.of());

        Map<String, Map<String, Integer>> joined = Division.of(pollers, more, before);
        assertThat(moved(before, joined)).isEqualTo(mappings / (number + 1));
        Map<String, Map<String, Integer>> left = Division.of(pollers, few, joined);
        assertThat(moved(joined, left)).isEqualTo(mappings / (number + 1));
    }

    private static long moved(Map<String, Map<String, Integer>> before, Map<String, Map<String, Integer>> after) {
        return before.keySet().stream()
                .filter(mapping -> !before.get(mapping).equals(after.get(mapping)))
                .count();
    }

    private static int sum(Collection<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).sum();
    }

    private static int spread(Set<String> instances, Collection<Map<String, Integer>> shares) {
        List<Integer> loads = instances.stream()
                .map(instance -> shares.stream()
                        .mapToInt(share -> share.getOrDefault(instance, 0))
                        .sum())
                .toList();
        return Collections.max(loads) - Collections.min(loads);
    }

    private static <K, V> Map<K, V> shuffled(Map<K, V> map, Random random) {
        Map<K, V> shuffled = new LinkedHashMap<>();
        shuffled(map.keySet(), random).forEach(key -> shuffled.put(key, map.get(key)));
        return shuffled;
    }

    private static <T> List<T> shuffled(Collection<T> all, Random random) {
        List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    @Provide
    Arbitrary<Map<String, Integer>> pollers() {
        return Arbitraries.maps(names("m"), Arbitraries.integers().between(1, 12));
    }

    @Provide
    Arbitrary<Set<String>> instances() {
        return names("i").set().ofMinSize(1).ofMaxSize(6);
    }

    @Provide
    Arbitrary<Map<String, Map<String, Integer>>> before() {
        return Arbitraries.maps(
                names("m"), Arbitraries.maps(names("i"), Arbitraries.integers().between(1, 12)));
    }

    private static Arbitrary<String> names(String prefix) {
        return Arbitraries.integers().between(0, 8).map(number -> prefix + number);
    }
}
