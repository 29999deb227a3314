package dev.kafila.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {
    private static final RetryPolicy POLICY = new RetryPolicy(3, Duration.ofMillis(500), 2.0, Duration.ofSeconds(60));

    @Test
    void theDelayDoublesUpToTheLongest() {
        assertThat(POLICY.delayAfter(1, 0.999)).isBetween(Duration.ofMillis(499), Duration.ofMillis(500));
        assertThat(POLICY.delayAfter(2, 0.999)).isBetween(Duration.ofMillis(998), Duration.ofSeconds(1));
        assertThat(POLICY.delayAfter(8, 0.999)).isBetween(Duration.ofMillis(59_900), Duration.ofSeconds(60));
        assertThat(POLICY.delayAfter(1, 0)).isEqualTo(Duration.ofMillis(250));
    }

    @Property
    void noDelayIsLongerThanTheLongestOrShorterThanHalfOfTheFirst(
            @ForAll @IntRange(min = 1) int attempts, @ForAll @DoubleRange(max = 0.99) double random) {
        assertThat(POLICY.delayAfter(attempts, random)).isBetween(Duration.ofMillis(250), Duration.ofSeconds(60));
    }

    @Test
    void noDelayAtAllStaysNone() {
        RetryPolicy none = new RetryPolicy(3, Duration.ZERO, 2.0, Duration.ZERO);

        assertThat(none.delayAfter(Integer.MAX_VALUE, 0.5)).isZero();
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        assertRefused("max-attempts", 0, 500, 2.0, 60_000);
        assertRefused("retry-delay", 3, -1, 2.0, 60_000);
        assertRefused("retry-backoff", 3, 500, 0.5, 60_000);
        assertRefused("retry-backoff", 3, 500, Double.NaN, 60_000);
        assertRefused("retry-delay-max", 3, 500, 2.0, 100);
    }

    @ParameterizedTest
    @EnumSource(FailurePolicy.class)
    void whatMayPassIsRedeliveredUntilTheAttemptsAreUsedUp(FailurePolicy policy) {
        assertThat(Decision.of(true, 2, POLICY, policy)).isEqualTo(Decision.REDELIVER);
    }

    @ParameterizedTest
    @EnumSource(FailurePolicy.class)
    void whenTheyAreUsedUpOrUselessThePolicyDecides(FailurePolicy policy) {
        Decision expected = policy == FailurePolicy.RETRY ? Decision.REDELIVER : Decision.valueOf(policy.name());

        assertThat(Decision.of(true, 3, POLICY, policy)).isEqualTo(expected);
        assertThat(Decision.of(false, 1, POLICY, policy)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(FailurePolicy.class)
    void aPolicyIsReadAsItIsWritten(FailurePolicy policy) {
        assertThat(FailurePolicy.parse("on-failure", policy.text())).isEqualTo(policy);
    }

    @Test
    void anUnknownPolicyIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> FailurePolicy.parse("on-failure", "STOP"))
                .hasMessageContaining("on-failure: 'STOP'")
                .hasMessageContaining("stop-partition, stop, drop, dead-letter, retry");
    }

    private static void assertRefused(String key, int attempts, int delay, double backoff, int longest) {
        assertThatThrownBy(
                        () -> new RetryPolicy(attempts, Duration.ofMillis(delay), backoff, Duration.ofMillis(longest)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + " ");
    }
}
