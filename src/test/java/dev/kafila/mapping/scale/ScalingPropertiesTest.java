package dev.kafila.mapping.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever load there is. */
class ScalingPropertiesTest {
    private static final int WORTH = 100;

    /** A topic, and a function that takes so many records of each poller in an interval. */
    private static final class Source {
        private final int records;
        private final int capacity;
        private final int partitions;
        private long lag;

        Source(int records, int capacity, int partitions) {
            this.records = records;
            this.capacity = capacity;
            this.partitions = partitions;
        }

        Load interval(int pollers) {
            long most = (long) pollers * capacity;
            long done = Math.min(most, lag + records);
            lag += records - done;
            return new Load(lag, (double) done / most, false, partitions);
        }
    }

    @Property
    void theNumberOfPollersIsAlwaysWithinItsLimits(
            @ForAll @IntRange(min = 1, max = 200) int minimum,
            @ForAll @IntRange(min = 0, max = 1_800) int more,
            @ForAll @IntRange(min = 1, max = 300) int partitions,
            @ForAll("loads") List<Load> loads) {
        Scaling scaling = new Scaling(minimum, minimum + more, WORTH);
        Scale scale = scaling.within(scaling.start(), partitions);
        for (Load load : loads) {
            scale = scaling.next(scale, new Load(load.lag(), load.busy(), load.throttled(), partitions));

            assertThat(scale.pollers())
                    .isBetween(Math.min(minimum, partitions), Math.min(minimum + more, partitions))
                    .isPositive();
        }
    }

    @Property
    void aThrottleNeverAddsPollers(@ForAll("scales") Scale before, @ForAll("loads") List<Load> loads) {
        Scaling scaling = new Scaling(1, 200, WORTH);
        for (Load load : loads) {
            Scale after = scaling.next(before, new Load(load.lag(), load.busy(), true, 0));

            assertThat(after.pollers()).isLessThanOrEqualTo(before.pollers());
        }
    }

    @Property
    void underASteadyLoadTheNumberSettlesAndTheLagIsWorkedOff(
            @ForAll @IntRange(min = 0, max = 20_000) int records,
            @ForAll @IntRange(min = 50, max = 2_000) int capacity,
            @ForAll @IntRange(min = 1, max = 64) int partitions,
            @ForAll @IntRange(min = 0, max = 100) int intervals) {
        Scaling scaling = new Scaling(1, 200, WORTH);
        Source source = new Source(records, capacity, partitions);
        source.lag = (long) intervals * capacity;
        Scale scale = scaling.start();
        // Long enough for what there was at first.
        for (int i = 0; i < 500; i++) {
            scale = scaling.next(scale, source.interval(scale.pollers()));
        }
        int settled = scale.pollers();
        long left = source.lag;
        for (int i = 0; i < 50; i++) {
            scale = scaling.next(scale, source.interval(scale.pollers()));

            assertThat(scale.pollers()).isEqualTo(settled);
        }

        // As much as comes is enough for the lag to stay.
        if ((long) settled * capacity >= records) {
            assertThat(source.lag).isLessThanOrEqualTo(Math.max(left, (long) WORTH * settled));
        } else {
            assertThat(settled).isEqualTo(partitions);
        }
    }

    @Provide
    Arbitrary<List<Load>> loads() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 10_000_000),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.of(true, false, false, false))
                .as((lag, busy, throttled) -> new Load(lag, busy, throttled, 0))
                .list()
                .ofMaxSize(30);
    }

    @Provide
    Arbitrary<Scale> scales() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 200),
                        Arbitraries.longs().between(-1, 1_000_000),
                        Arbitraries.integers().between(0, Scaling.QUIET),
                        Arbitraries.integers().between(0, Scaling.HELD))
                .as(Scale::new);
    }
}
