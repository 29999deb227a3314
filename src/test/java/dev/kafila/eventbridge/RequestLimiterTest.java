package dev.kafila.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.eventbridge.RequestLimiter.Ending;
import dev.kafila.eventbridge.RequestLimiter.Place;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RequestLimiterTest {
    @Test
    void noMoreAreOutAtOnceThanAllowed() {
        RequestLimiter limiter = new RequestLimiter("orders", 2, 0);
        Place first = limiter.begin();
        assertThat(limiter.isFull()).isFalse();
        limiter.begin();

        assertThat(limiter.begin()).isNull();
        assertThat(limiter.isFull()).isTrue();
        limiter.end(first, Ending.TAKEN);

        assertThat(limiter.begin()).isNotNull();
    }

    @Test
    void noMoreBeginInASecondThanAskedFor() {
        RequestLimiter limiter = new RequestLimiter("orders", 64, 1);
        limiter.begin();

        assertThat(limiter.begin()).isNull();
        assertThat(limiter.isFull()).isFalse();
        assertThat(limiter.waitNanos()).isBetween(1L, 1_000_000_000L);
    }

    @Test
    void aThrottleHalvesTheLimitAndSuccessesRaiseItOneByOne() {
        RequestLimiter limiter = new RequestLimiter("orders", 8, 0);

        limiter.end(limiter.begin(), Ending.THROTTLED);
        assertThat(limiter.limit()).isEqualTo(4);
        for (int i = 0; i < 5; i++) {
            limiter.end(limiter.begin(), Ending.TAKEN);
        }
        assertThat(limiter.limit()).isEqualTo(5);
        for (int i = 0; i < 100; i++) {
            limiter.end(limiter.begin(), Ending.TAKEN);
        }
        assertThat(limiter.limit()).isEqualTo(8);
    }

    @Test
    void requestsThatWereOutWhenTheLimitWasLoweredDoNotLowerItAgain() {
        RequestLimiter limiter = new RequestLimiter("orders", 64, 0);
        List<Place> out = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            out.add(limiter.begin());
        }

        for (Place place : out) {
            limiter.end(place, Ending.THROTTLED);
        }
        assertThat(limiter.limit()).isEqualTo(32);

        limiter.end(limiter.begin(), Ending.THROTTLED);
        assertThat(limiter.limit()).isEqualTo(16);
    }

    @Test
    void anEndingThatTellsNothingLeavesTheLimit() {
        RequestLimiter limiter = new RequestLimiter("orders", 8, 0);
        limiter.end(limiter.begin(), Ending.THROTTLED);

        limiter.end(limiter.begin(), Ending.OTHER);

        assertThat(limiter.limit()).isEqualTo(4);
    }

    @Property
    void theLimitIsNeverBelowOneNorAboveWhatWasAskedFor(
            @ForAll @IntRange(min = 1, max = 100) int most, @ForAll @Size(max = 200) List<Ending> endings) {
        RequestLimiter limiter = new RequestLimiter("orders", most, 0);

        for (Ending ending : endings) {
            limiter.end(limiter.begin(), ending);

            assertThat(limiter.limit()).isBetween(1, most);
        }
    }
}
