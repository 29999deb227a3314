package dev.kafila.mapping.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.mapping.Observation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservationsTest {
    private static final StoreKey.Seen KEY = new StoreKey.Seen("u", "i");

    private final Observations observations = new Observations("i", Duration.ofSeconds(5));

    @Test
    void whatIsNewIsToldAtOnceAndThenNoMoreThanOnceASecond() {
        assertThat(at(0, seen(1, 0, 0.5, false))).hasSize(1);
        assertThat(at(900, seen(2, 0, 0.5, false))).isEmpty();
        assertThat(at(1_000, seen(2, 0, 0.5, false))).hasSize(1);
        assertThat(at(9_000, seen(2, 0, 0.5, false))).isEmpty();
    }

    @Test
    void numbersAreToldLessOften() {
        at(0, seen(1, 0, 0.5, false));

        assertThat(at(4_900, seen(1, 70, 0.5, false))).isEmpty();
        assertThat(at(5_000, seen(1, 80, 0.5, false)))
                .map(ObservationsTest::read)
                .satisfiesExactly(told -> assertThat(told.lag()).isEqualTo(80));
    }

    @Test
    void theLoadSinceTheLastTimeIsToldAsOne() {
        at(0, seen(1, 0, 1, true));
        at(300, seen(1, 10, 1, false));
        at(600, seen(1, 10, 0.5, true));
        Observation told = read(at(1_000, seen(2, 10, 0, false)).get(0));

        assertThat(told.busy()).isEqualTo(0.5);
        assertThat(told.throttled()).isTrue();
        assertThat(read(at(2_000, seen(1, 10, 0, false)).get(0)).throttled()).isFalse();
    }

    @Test
    void whatIsNoLongerSeenIsDeleted() {
        at(0, seen(1, 0, 0, false));

        assertThat(observations.next(List.of(), List.of("u"), 1)).containsExactly(Write.deletion(KEY));
        assertThat(observations.next(List.of(), List.of(), 2)).isEmpty();
    }

    @Test
    void whatAnotherHasDeletedOrNobodyMayHaveHeardIsToldAgain() {
        at(0, seen(1, 0, 0, false));

        assertThat(observations.next(List.of(seen(1, 0, 0, false)), List.of(), nanos(5_000)))
                .hasSize(1);
        observations.tellAgain();
        assertThat(at(5_100, seen(1, 0, 0, false))).hasSize(1);
    }

    private List<Write> at(long millis, Observation seen) {
        return observations.next(List.of(seen), List.of("u"), nanos(millis));
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    private static Observation read(Write write) {
        return (Observation) StoreJson.read(KEY, write.value().getBytes(StandardCharsets.UTF_8), null);
    }

    private static Observation seen(int pollers, long lag, double busy, boolean throttled) {
        return new Observation("u", 1, pollers, 8, lag, busy, throttled, null, null);
    }
}
