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
        assertThat(arrivals.stats().recordsPerSecondToTheEnd()).isCloseTo(90, within(1e-6));
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
