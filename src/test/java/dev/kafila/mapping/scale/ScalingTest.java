package dev.kafila.mapping.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingTest {
    private static final Scaling SCALING = new Scaling(1, 200, 100);

    @Test
    void aMappingStartsWithItsMinimum() {
        assertThat(SCALING.start().pollers()).isEqualTo(1);
        assertThat(new Scaling(4, 8, 100).start().pollers()).isEqualTo(4);
    }

    @ParameterizedTest(name = "{0} pollers, lag {1} -> {2}, busy {3}: {4}")
    @CsvSource({
        // The lag grows, or stays: as many again.
        "1, 1000, 2000, 1.0, 2",
        "4, 1000, 1000, 0.5, 8",
        // It shrinks, but what is left takes longer than an interval: half of that.
        "4, 3000, 2000, 0.9, 6",
        "1, 3000, 2000, 0.9, 2",
        // What is left is done within an interval.
        "4, 3000, 1400, 0.9, 4",
        // Less than a batch for each of them.
        "4, 100, 400, 1.0, 4",
        // It is not for want of pollers that it grows.
        "4, 1000, 2000, 0.49, 4",
        "4, 1000, 2000, 0.1, 4",
    })
    void pollersAreAddedWhileBusyOnesFallBehind(int pollers, long before, long lag, double busy, int expected) {
        Scale scale = new Scale(pollers, before, 0, 0);

        assertThat(SCALING.next(scale, new Load(lag, busy, false, 64)).pollers())
                .isEqualTo(expected);
    }

    @Test
    void theFirstDecisionOnlyLearnsTheLag() {
        Scale first = SCALING.next(SCALING.start(), new Load(5_000, 1, false, 64));

        assertThat(first.pollers()).isEqualTo(1);
        assertThat(SCALING.next(first, new Load(5_000, 1, false, 64)).pollers()).isEqualTo(2);
    }

    @Test
    void idlePollersAreTakenAwayOnlyAfterAWhile() {
        assertThat(pollers(16, new Load(0, 0.1, false, 64), 12))
                .containsExactly(16, 16, 12, 12, 12, 9, 9, 9, 7, 7, 7, 6);
        assertThat(pollers(2, new Load(0, 0, false, 64), 7)).containsExactly(2, 2, 1, 1, 1, 1, 1);
    }

    @Test
    void aBusyIntervalBeginsTheWhileAgain() {
        Scale scale = Scale.of(8);
        for (int i = 0; i < 20; i++) {
            scale = SCALING.next(scale, new Load(0, i % 3 == 0 ? 0.3 : 0.1, false, 64));
        }

        assertThat(scale.pollers()).isEqualTo(8);
    }

    @Test
    void aThrottleTakesPollersAwayAndNoneIsAddedForAWhile() {
        Scale throttled = SCALING.next(new Scale(16, 1_000, 0, 0), new Load(9_000, 1, true, 64));
        assertThat(throttled.pollers()).isEqualTo(12);

        Load behind = new Load(9_000, 1, false, 64);
        Scale second = SCALING.next(throttled, behind);
        Scale third = SCALING.next(second, behind);
        Scale fourth = SCALING.next(third, behind);

        assertThat(List.of(second.pollers(), third.pollers(), fourth.pollers())).containsExactly(12, 12, 24);
    }

    @Test
    void limitsHoldAtOnce() {
        assertThat(SCALING.within(Scale.of(20), 6).pollers()).isEqualTo(6);
        assertThat(SCALING.within(Scale.of(20), 0).pollers()).isEqualTo(20);
        assertThat(new Scaling(5, 10, 100).within(Scale.of(1), 64).pollers()).isEqualTo(5);
        assertThat(new Scaling(5, 10, 100).within(Scale.of(20), 64).pollers()).isEqualTo(10);
        assertThat(new Scaling(5, 10, 100).within(Scale.of(5), 3).pollers()).isEqualTo(3);
    }

    private static List<Integer> pollers(int from, Load load, int decisions) {
        List<Integer> pollers = new java.util.ArrayList<>();
        Scale scale = Scale.of(from);
        for (int i = 0; i < decisions; i++) {
            scale = SCALING.next(scale, load);
            pollers.add(scale.pollers());
        }
        return pollers;
    }
}
