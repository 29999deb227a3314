package dev.kafila.faults.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which faults happen when: the same for the same seed. */
final class Schedule {
    /** In every schedule, however short. */
    static final List<FaultKind> ALWAYS = List.of(
            FaultKind.KILL,
            FaultKind.FREEZE,
            FaultKind.JOIN,
            FaultKind.LEAVE,
            FaultKind.BROKER_AWAY,
            FaultKind.ENDPOINT_HANGS,
            FaultKind.ENDPOINT_RESETS,
            FaultKind.ENDPOINT_TRUNCATES,
            FaultKind.THROTTLE,
            FaultKind.FUNCTION_ERRORS,
            FaultKind.PARTIAL_FAILURES,
            FaultKind.DEAD_LETTERS_UNWRITABLE);

    private static final Duration LEAD = Duration.ofSeconds(5);

    private final Random random;
    private final Duration length;

    private Schedule(long seed, Duration length) {
        this.random = new Random(seed);
        this.length = length;
    }

    /**
     * A schedule, in the order of time.
     *
     * @param length the last fault begins by then, unless those before it take longer than planned
     * @param count  how many; from two of each kind on, each kind is in it twice at least
     * @throws IllegalArgumentException if there is no room for those that are always in it
     */
    static List<Fault> of(long seed, Duration length, int count) {
        if (count < ALWAYS.size()) {
            throw new IllegalArgumentException("A schedule has " + ALWAYS.size() + " faults at least, not " + count);
        }
        return new Schedule(seed, length).faults(count);
    }

    private List<Fault> faults(int count) {
        List<FaultKind> kinds = kinds(count);
        Collections.shuffle(kinds, random);
        return Stream.of(true, false)
                .flatMap(ofProcesses ->
                        lane(kinds.stream()
                                        .filter(kind -> kind.isOfProcesses() == ofProcesses)
                                        .toList())
                                .stream())
                .sorted(Comparator.comparing(Fault::after))
                .toList();
    }

    private List<FaultKind> kinds(int count) {
        List<FaultKind> all = List.of(FaultKind.values());
        List<FaultKind> kinds = new ArrayList<>(count < 2 * all.size() ? ALWAYS : all);
        List<FaultKind> more = new ArrayList<>(all);
        Collections.shuffle(more, random);
        if (kinds.size() < all.size()) {
            more.removeAll(ALWAYS);
        }
        kinds.addAll(more.subList(0, Math.min(more.size(), count - kinds.size())));
        while (kinds.size() < count) {
            kinds.add(all.get(random.nextInt(all.size())));
        }
        return kinds;
    }

    /** One after another, in slots of the same length. */
    private List<Fault> lane(List<FaultKind> kinds) {
        List<FaultKind> ordered = joinsFirst(kinds);
        Duration slot = length.minus(LEAD).dividedBy(Math.max(1, ordered.size()));
        return IntStream.range(0, ordered.size())
                .mapToObj(index -> fault(ordered.get(index), LEAD.plus(slot.multipliedBy(index)), slot))
                .toList();
    }

    /** Who joins leaves before the next one joins, so that there is always somebody left. */
    private static List<FaultKind> joinsFirst(List<FaultKind> kinds) {
        List<FaultKind> ordered = new ArrayList<>(kinds);
        FaultKind next = FaultKind.JOIN;
        for (int index = 0; index < ordered.size(); index++) {
            if (ordered.get(index) == FaultKind.JOIN || ordered.get(index) == FaultKind.LEAVE) {
                ordered.set(index, next);
                next = next == FaultKind.JOIN ? FaultKind.LEAVE : FaultKind.JOIN;
            }
        }
        return ordered;
    }

    private Fault fault(FaultKind kind, Duration from, Duration slot) {
        Duration lasts = lasts(kind);
        long spare = Math.max(1, slot.minus(lasts).toMillis() / 2);
        return new Fault(kind, from.plusMillis(random.nextLong(spare)), lasts);
    }

    private Duration lasts(FaultKind kind) {
        return switch (kind) {
            case KILL, JOIN, LEAVE, ROUTE_EDITED -> Duration.ZERO;
            // Longer than the session, so that its partitions are given to others, and all are.
            case FREEZE -> seconds(9, 11);
            case BROKER_AWAY -> seconds(7, 9);
            case ENDPOINT_HANGS, SLOW_FUNCTION -> seconds(2, 3);
            case ENDPOINT_DOWN, ENDPOINT_RESETS, ENDPOINT_TRUNCATES -> seconds(3, 5);
            default -> seconds(4, 6);
        };
    }

    private Duration seconds(int least, int most) {
        return Duration.ofMillis(random.nextLong(least * 1_000L, most * 1_000L + 1));
    }
}
