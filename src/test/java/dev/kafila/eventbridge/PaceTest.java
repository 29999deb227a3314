package dev.kafila.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void withoutARateNothingWaits() {
        Pace pace = new Pace(0, 0);

        pace.begin(0);

        assertThat(pace.waitNanos(0)).isZero();
    }

    @Test
    void theFirstRequestWaitsForNothingAndTheNextForItsTurn() {
        Pace pace = new Pace(4, 0);
        assertThat(pace.waitNanos(0)).isZero();

        pace.begin(0);

        assertThat(pace.waitNanos(0)).isEqualTo(SECOND / 4);
        assertThat(pace.waitNanos(SECOND / 4)).isZero();
    }

    @Test
    void anHourWithoutRequestsIsNotFollowedByABurst() {
        Pace pace = new Pace(10, 0);
        long later = 3600 * SECOND;

        pace.begin(later);

        assertThat(pace.waitNanos(later)).isBetween(SECOND / 10 - SECOND / 100, SECOND / 10);
    }

    @Property
    void noSecondHasMoreRequestsThanTheRateAndAMomentsCatchingUp(
            @ForAll @IntRange(min = 1, max = 5000) int rate, @ForAll @LongRange(min = 0, max = SECOND) long start) {
        Pace pace = new Pace(rate, start);
        int begun = 0;

        long now = start + SECOND;
        long end = now + SECOND;
        while (now < end) {
            pace.begin(now);
            begun++;
            now += Math.max(0, pace.waitNanos(now));
        }

        assertThat(begun).isBetween(rate, rate + rate / 100 + 2);
    }
}
