package dev.kafila.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private long now;

    @Test
    void theRateIsThatFromTheFirstArrivalToNineTenthsOfTheRecords() {
        Arrivals arrivals = new Arrivals(1_000, false, () -> now);
        arriving(arrivals, 10_000, 100);
        for (int request = 1; request <= 8; request++) {
            arriving(arrivals, 10_000 + request * 100, 100);
        }
        arriving(arrivals, 20_000, 100);

        assertThat(arrivals.stats().recordsPerSecond()).isCloseTo(1_000, within(1e-6));
    }

    @Test
    void theRateSinceThenLeavesOutWhatCameBefore() {
        Arrivals arrivals = new Arrivals(1_000, false, () -> now);
        arriving(arrivals, 10_000, 100);
        arriving(arrivals, 14_000, 100);
        ArrivalStats warm = arrivals.stats();
        arriving(arrivals, 14_400, 200);
        ArrivalStats soonAfter = arrivals.stats();
        arriving(arrivals, 15_000, 500);
        arriving(arrivals, 20_000, 100);

        assertThat(arrivals.stats().recordsPerSecondSince(warm).orElseThrow()).isCloseTo(700, within(1e-6));
        assertThat(soonAfter.recordsPerSecondSince(warm)).isEmpty();
    }

    @Test
    void whatArrivesAllAtOnceHasNoRate() {
        Arrivals arrivals = new Arrivals(100, false, () -> now);
        arriving(arrivals, 10_000, 100);

        assertThat(arrivals.stats().recordsPerSecond()).isZero();
    }

    private void arriving(Arrivals arrivals, long atMs, int records) {
        now = atMs;
        arrivals.add(records, records);
    }
}
