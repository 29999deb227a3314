package dev.kafila.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Which drains there are: a base, and one factor at a time around it. */
final class Plan {
    static final int PARTITIONS = 8;
    static final int BYTES = 512;
    static final int LATENCY_MS = 20;

    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration WARM_UP_QUICK = Duration.ofSeconds(2);
    private static final int WIDE = 64;
    private static final int ROUNDS = 3;
    private static final int SMALL_BATCH = 100;
    private static final int QUICK_LEVELS = 2;

    private final boolean quick;

    /** With fewer records, rounds and levels if it has to be quick. */
    Plan(boolean quick) {
        this.quick = quick;
    }

    /**
     * Something that varies from drain to drain while all else stays.
     *
     * @param title  what it is, with its unit
     * @param file   name of its picture
     * @param value  what it is in a drain
     * @param setups drains that differ in nothing else, but for target and latency
     */
    record Factor(String title, String file, ToIntFunction<Setup> value, List<Setup> setups) {

        Factor {
            setups = List.copyOf(setups);
        }
    }

    boolean quick() {
        return quick;
    }

    /** Of a drain, and of the SDK alone. */
    Duration warmUp() {
        return quick ? WARM_UP_QUICK : WARM_UP;
    }

    /** What is promised of, at an endpoint that answers at once and at one that takes its time. */
    List<Setup> bases() {
        return Stream.of(Flow.ESM, Flow.BUS)
                .flatMap(flow -> Stream.of(0, LATENCY_MS).map(latency -> at(flow, PARTITIONS, BYTES, latency)))
                .toList();
    }

    /** The base in other forms. */
    List<Setup> variants() {
        Setup small = at(Flow.ESM, PARTITIONS, BYTES, 0).withBatchSize(SMALL_BATCH);
        return List.of(at(Flow.JSON, PARTITIONS, BYTES, 0), small);
    }

    /** Of these every record is looked at. */
    List<Setup> checks() {
        return Stream.of(Flow.ESM, Flow.BUS)
                .map(flow -> at(flow, PARTITIONS, BYTES, 0).checked())
                .toList();
    }

    List<Factor> factors() {
        Factor width =
                new Factor("partitions", "partitions", setup -> setup.backlog().partitions(), partitions());
        Factor size =
                new Factor("bytes of a value", "bytes", setup -> setup.backlog().bytes(), sizes());
        String batches = "batches (Lambda) or requests (EventBridge) in flight";
        return quick
                ? List.of(width, size)
                : List.of(width, size, new Factor(batches, "in-flight", Setup::maxInFlight, inFlight()));
    }

    private List<Setup> partitions() {
        return varied((base, partitions) -> at(base.flow(), partitions, BYTES, base.latencyMs()), 1, PARTITIONS, WIDE);
    }

    private List<Setup> sizes() {
        return varied(
                (base, bytes) -> at(base.flow(), PARTITIONS, bytes, base.latencyMs()), 100, BYTES, 10 << 10, 200 << 10);
    }

    /** Over many partitions, which have one batch out at a time, and where requests take their time. */
    private List<Setup> inFlight() {
        return varied((base, most) -> at(base.flow(), WIDE, BYTES, LATENCY_MS).withInFlight(most), 1, 2, 4, 8, 16)
                .stream()
                .distinct()
                .toList();
    }

    private interface Level {
        Setup of(Setup base, int value);
    }

    private List<Setup> varied(Level level, Integer... values) {
        return bases().stream()
                // At once, a process is alone with its own cost.
                .filter(base -> !quick || base.latencyMs() == 0)
                .flatMap(base -> Stream.of(values)
                        .limit(quick ? QUICK_LEVELS : values.length)
                        .map(value -> level.of(base, value)))
                .toList();
    }

    private Setup at(Flow flow, int partitions, int bytes, int latencyMs) {
        return Setup.of(flow, Backlog.of(partitions, bytes, quick), latencyMs);
    }

    int rounds(Setup setup) {
        return !quick && bases().contains(setup) ? ROUNDS : 1;
    }

    /** All of them, each once, those of a topic after each other. */
    Map<Backlog, Set<Setup>> byBacklog() {
        Map<Backlog, Set<Setup>> all = new LinkedHashMap<>();
        Stream<Setup> setups = Stream.concat(
                Stream.of(bases(), variants(), checks()).flatMap(List::stream),
                factors().stream().flatMap(factor -> factor.setups().stream()));
        setups.forEach(setup -> all.computeIfAbsent(setup.backlog(), backlog -> new LinkedHashSet<>())
                .add(setup));
        return all;
    }
}
