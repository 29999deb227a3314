package dev.kafila.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.batch.Outcomes;
import dev.kafila.failure.FailedRecord;
import dev.kafila.failure.Part;
import dev.kafila.failure.Pending;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What it takes to find the records in a batch that make a function fail. */
class BisectTest {
    private static final int ATTEMPTS = 3;

    @Property(tries = 300)
    void aSinglePoisonRecordIsFoundInTwiceTheLogarithmOfFurtherCalls(
            @ForAll @IntRange(min = 1, max = 10_000) int size, @ForAll @LongRange(max = 9_999) long anywhere) {
        long poison = anywhere % size;
        Function function = new Function(Set.of(poison));

        Pending done = deliver(function, size);

        int alone = function.first(List.of(poison));
        assertThat(alone).as("calls before the one with the record alone").isLessThanOrEqualTo(2 * ceilLog2(size));
        assertThat(function.calls.stream().filter(List.of(poison)::equals)).hasSize(ATTEMPTS);
        assertThat(function.calls.size()).isLessThanOrEqualTo(1 + 2 * ceilLog2(size) + ATTEMPTS - 1);
        assertThat(done.outcomes()).isEqualTo(Outcomes.delivered(size - 1));
        assertThat(done.failed())
                .singleElement()
                .satisfies(failed -> assertThat(failed.record().offset()).isEqualTo(poison))
                .satisfies(failed -> assertThat(failed.attempts()).isEqualTo(ATTEMPTS))
                .satisfies(failed -> assertThat(failed.together()).isEqualTo(poison));
    }

    @Property(tries = 200)
    void severalAreFoundOneByOneAndWhatIsBetweenThemIsDeliveredOnceAndInOrder(
            @ForAll @IntRange(min = 1, max = 1_000) int size,
            @ForAll @Size(min = 1, max = 12) Set<@LongRange(max = 999) Long> anywhere) {
        Set<Long> poison = anywhere.stream().map(offset -> offset % size).collect(Collectors.toSet());
        Function function = new Function(poison);

        Pending done = deliver(function, size);

        int retries = poison.size() * (ATTEMPTS - 1);
        assertThat(function.calls.size() - retries)
                .isLessThanOrEqualTo(1 + poison.size() * 2 * ceilLog2(size))
                .isLessThanOrEqualTo(2 * size);
        assertThat(function.delivered)
                .containsExactlyElementsOf(LongStream.range(0, size)
                        .filter(offset -> !poison.contains(offset))
                        .boxed()
                        .toList());
        assertThat(done.failed())
                .extracting(failed -> failed.record().offset())
                .containsExactlyElementsOf(poison.stream().sorted().toList());
        assertThat(done.failed()).extracting(FailedRecord::attempts).containsOnly(ATTEMPTS);
    }

    @Test
    void aThrottleInBetweenUsesUpNothing() {
        Function function = new Function(Set.of(2L));
        function.throttled = Set.of(1, 2, 4, 7);

        Pending done = deliver(function, 4);

        assertThat(done.failed()).extracting(FailedRecord::attempts).containsExactly(ATTEMPTS);
        assertThat(done.outcomes()).isEqualTo(Outcomes.delivered(3));
    }

    private static int ceilLog2(int size) {
        return 32 - Integer.numberOfLeadingZeros(size - 1);
    }

    private static Pending deliver(Function function, int size) {
        BatchDelivery delivery =
                TestDelivery.to(function::invoke, Map.of("bisect", "true", "maxAttempts", String.valueOf(ATTEMPTS)));
        Pending pending = TestDelivery.batch(size);
        while (!pending.parts().isEmpty()) {
            pending = delivery.next(pending, null).pending();
        }
        return pending;
    }

    /** Fails on every batch that holds a poison record. */
    private static final class Function {
        private final Set<Long> poison;
        private final List<List<Long>> calls = new ArrayList<>();
        private final List<Long> delivered = new ArrayList<>();
        private Set<Integer> throttled = Set.of();
        private int requests;

        Function(Set<Long> poison) {
            this.poison = poison;
        }

        LambdaAnswer invoke(Part part) {
            if (throttled.contains(requests++)) {
                return LambdaAnswer.answered(429, "", "");
            }
            List<Long> offsets =
                    part.records().stream().map(ConsumerRecord::offset).toList();
            calls.add(offsets);
            if (offsets.stream().anyMatch(poison::contains)) {
                return LambdaAnswer.answered(200, "Unhandled", "");
            }
            delivered.addAll(offsets);
            return LambdaAnswer.answered(200, "", "");
        }

        int first(List<Long> records) {
            return calls.indexOf(records);
        }
    }
}
