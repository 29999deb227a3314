package dev.kafila.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.aws.AwsFailure;
import dev.kafila.failure.FailedRecord;
import dev.kafila.failure.Invocation;
import dev.kafila.failure.Pending;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What uses up an attempt of a mapping: that the function failed, and nothing else. */
class CountedAttemptsTest {
    private static final LambdaAnswer ERROR = LambdaAnswer.answered(200, "Unhandled", "");

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504, 409})
    void whatKeepsTheFunctionFromRunningIsWaitedForEverLonger(int status) {
        BatchDelivery delivery = TestDelivery.to(
                part -> LambdaAnswer.answered(status, "", ""), Map.of("retryDelay", "1s", "maxAttempts", "1"));
        List<Duration> delays = new ArrayList<>();

        Pending pending = TestDelivery.batch(2);
        for (int i = 0; i < 10; i++) {
            pending = delivery.next(pending, null).pending();
            delays.add(pending.head().timeLeft(System.nanoTime()));
        }

        assertThat(pending.failed()).isEmpty();
        assertThat(pending.head().attempts()).isZero();
        assertThat(delays.get(0)).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(delays.get(4)).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(16));
        assertThat(delays.get(9)).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(60));
    }

    @Test
    void aConnectionThatBreaksUsesUpNothing() {
        LambdaAnswer broken = LambdaAnswer.failed(
                new AwsFailure(AwsFailure.Fault.CONNECTION, 0, "", null, "", new IOException("reset")));

        Pending pending = TestDelivery.to(part -> broken, Map.of("maxAttempts", "1"))
                .next(TestDelivery.batch(1), null)
                .pending();

        assertThat(pending.failed()).isEmpty();
        assertThat(pending.head().attempts()).isZero();
    }

    @Test
    void theLastAnswerIsKeptWithWhatFailedAlsoWhenABrokenConnectionCameAfterIt() {
        List<LambdaAnswer> answers = new ArrayList<>(List.of(
                ERROR.of("one", "7"),
                LambdaAnswer.failed(
                        new AwsFailure(AwsFailure.Fault.CONNECTION, 0, "", null, "", new IOException("reset"))),
                ERROR.of("two", "8")));
        BatchDelivery delivery = TestDelivery.to(part -> answers.remove(0), Map.of("maxAttempts", "2"));

        Pending pending = delivery.next(TestDelivery.batch(2), null).pending();
        assertThat(pending.head().answer()).isEqualTo(new Invocation("one", 200, "7", "Unhandled"));
        pending = delivery.next(pending, null).pending();
        assertThat(pending.head().answer().requestId()).isEqualTo("one");
        pending = delivery.next(pending, null).pending();

        assertThat(pending.failed())
                .hasSize(2)
                .extracting(FailedRecord::answer)
                .containsOnly(new Invocation("two", 200, "8", "Unhandled"));
        assertThat(pending.failed()).extracting(FailedRecord::together).containsOnly(0L);
        assertThat(pending.failed()).extracting(FailedRecord::attempts).containsOnly(2);
    }

    @Test
    void withoutBeingAskedForEveryRequestCountsAsTheConnectorsHaveIt() {
        BatchDelivery delivery = TestDelivery.to(
                part -> LambdaAnswer.answered(429, "", ""), Map.of("attempts", "requests", "maxAttempts", "2"));

        Pending pending = delivery.next(TestDelivery.batch(1), null).pending();
        pending = delivery.next(pending, null).pending();

        assertThat(pending.failed()).hasSize(1);
    }
}
