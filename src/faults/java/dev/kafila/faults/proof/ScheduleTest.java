package dev.kafila.faults.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Duration LENGTH = Duration.ofMinutes(9);

    @Property(tries = 200)
    void theSameSeedMakesTheSameSchedule(@ForAll long seed, @ForAll @IntRange(min = 12, max = 80) int count) {
        assertThat(Schedule.of(seed, LENGTH, count))
                .isEqualTo(Schedule.of(seed, LENGTH, count))
                .hasSize(count)
                .isSortedAccordingTo(Comparator.comparing(Fault::after));
    }

    @Test
    void anotherSeedMakesAnotherSchedule() {
        assertThat(Schedule.of(1, LENGTH, 50)).isNotEqualTo(Schedule.of(2, LENGTH, 50));
    }

    @Property(tries = 200)
    void aLongScheduleHasEveryKindTwiceAtLeast(@ForAll long seed, @ForAll @IntRange(min = 50, max = 80) int count) {
        assertThat(kinds(Schedule.of(seed, LENGTH, count)))
                .hasSize(FaultKind.values().length)
                .allSatisfy((kind, times) -> assertThat(times).as(kind.name()).isGreaterThanOrEqualTo(2));
    }

    @Property(tries = 200)
    void aShortScheduleHasTheMostTellingKindsAndNoOtherTwice(
            @ForAll long seed, @ForAll @IntRange(min = 12, max = 18) int count) {
        Map<FaultKind, Integer> kinds = kinds(Schedule.of(seed, LENGTH, count));

        assertThat(kinds).containsKeys(Schedule.ALWAYS.toArray(FaultKind[]::new));
        kinds.keySet().removeAll(Schedule.ALWAYS);
        assertThat(kinds.values()).allMatch(times -> times == 1);
    }

    @Test
    void thereIsNoScheduleWithoutTheMostTellingKinds() {
        assertThatThrownBy(() -> Schedule.of(1, LENGTH, Schedule.ALWAYS.size() - 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 200)
    void faultsOfProcessesDoNotOverlapEachOther(@ForAll long seed, @ForAll @IntRange(min = 12, max = 50) int count) {
        List<Fault> ofProcesses = Schedule.of(seed, LENGTH, count).stream()
                .filter(fault -> fault.kind().isOfProcesses())
                .toList();

        for (int index = 1; index < ofProcesses.size(); index++) {
            Fault before = ofProcesses.get(index - 1);
            assertThat(ofProcesses.get(index).after())
                    .isGreaterThanOrEqualTo(before.after().plus(before.length()));
        }
    }

    @Property(tries = 200)
    void everyFaultBeginsWithinTheScheduleAndHasTheLengthOfItsKind(
            @ForAll long seed, @ForAll @IntRange(min = 12, max = 80) int count) {
        assertThat(Schedule.of(seed, LENGTH, count)).allSatisfy(fault -> {
            assertThat(fault.after()).isBetween(Duration.ofSeconds(5), LENGTH);
            assertThat(fault.length()).isLessThanOrEqualTo(Duration.ofSeconds(11));
            if (List.of(FaultKind.FREEZE, FaultKind.BROKER_AWAY).contains(fault.kind())) {
                assertThat(fault.length()).isGreaterThan(FleetSettings.limits().session());
            }
        });
    }

    @Property(tries = 200)
    void nobodyLeavesBeforeSomebodyHasJoined(@ForAll long seed, @ForAll @IntRange(min = 12, max = 80) int count) {
        int joined = 0;
        for (Fault fault : Schedule.of(seed, LENGTH, count)) {
            joined += fault.kind() == FaultKind.JOIN ? 1 : fault.kind() == FaultKind.LEAVE ? -1 : 0;
            assertThat(joined).isBetween(0, 1);
        }
    }

    private static Map<FaultKind, Integer> kinds(List<Fault> schedule) {
        Map<FaultKind, Integer> kinds = new EnumMap<>(FaultKind.class);
        schedule.forEach(fault -> kinds.merge(fault.kind(), 1, Integer::sum));
        return kinds;
    }
}
