package dev.kafila.lambda;

import static dev.kafila.record.TestRecords.records;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.RecordBatch;
import dev.kafila.delivery.RecordAge;
import dev.kafila.delivery.Step;
import dev.kafila.delivery.TargetState;
import dev.kafila.failure.Part;
import dev.kafila.failure.Pending;
import dev.kafila.failure.Report;
import dev.kafila.failure.Sink;
import dev.kafila.failure.Written;
import dev.kafila.format.PayloadAssembler;
import dev.kafila.format.PayloadBuffer;
import dev.kafila.format.RecordFormatter;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.TestRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Any batch, whatever the function says about it, however old its records and whatever of the reports is written: outcomes out are records in. */
class AnsweredBatchTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Sink SINK = new Sink("id", "kafka-to-lambda", "orders");
    private static final int SIZE = 6;

    private final Map<Long, Integer> requests = new HashMap<>();
    private final Map<Long, Integer> answered = new HashMap<>();
    private final Map<Long, Integer> givenUp = new HashMap<>();

    @Property(tries = 1000)
    void everyRecordIsAccountedForAndReportedOnce(
            @ForAll("answers") List<String> answers,
            @ForAll("goingOn") String policy,
            @ForAll boolean bisect,
            @ForAll boolean answerTopic,
            @ForAll boolean errorTopic,
            @ForAll @IntRange(max = SIZE) int ageing,
            @ForAll long seed)
            throws JsonProcessingException {
        requests.clear();
        answered.clear();
        givenUp.clear();
        Random chance = new Random(seed);
        RecordBatch batch = new RecordBatch("orders", 0, records("a", "b", "c", "d", "e", "f"), 1);
        Map<String, String> parameters = Map.of("onFailure", policy, "bisect", String.valueOf(bisect));
        Reporting reporting = new Reporting(answerTopic, errorTopic, true);
        BatchDelivery delivery = delivery(parameters, new ArrayDeque<>(answers), reporting, clock(ageing));

        Pending pending = Pending.of(SINK, batch);
        while (!pending.parts().isEmpty() || !pending.reports().isEmpty()) {
            pending = pending.reports().isEmpty() ? step(delivery, pending) : written(pending, chance);
            assertThat(accounted(pending)).isEqualTo(SIZE);
            assertThat(pending.reports().isEmpty()
                            && pending.parts().isEmpty()
                            && pending.failed().isEmpty())
                    .as("done")
                    .isEqualTo(pending.outcomes().total() == SIZE);
        }

        Outcomes outcomes = pending.outcomes();
        assertThat(outcomes.total() + pending.failed().size()).isEqualTo(SIZE);
        assertThat(requests.values()).allMatch(count -> count <= 3 + (bisect ? 3 : 0));
        assertReported(answerTopic, outcomes.delivered(), answered);
        assertReported(errorTopic, outcomes.dropped() + pending.failed().size(), givenUp);
    }

    private static Pending step(BatchDelivery delivery, Pending pending) {
        Step step = delivery.next(pending, null);
        List<Long> order = step.pending().parts().stream()
                .flatMap(part -> part.records().stream())
                .map(ConsumerRecord::offset)
                .toList();
        assertThat(order).isSorted().doesNotHaveDuplicates();
        return step.pending();
    }

    /** Some of the reports are written, in any order, and some are not. */
    private Pending written(Pending pending, Random chance) throws JsonProcessingException {
        List<Report> done = new ArrayList<>();
        List<Report> rest = new ArrayList<>();
        for (Report report : pending.reports()) {
            if (chance.nextInt(3) == 0) {
                rest.add(report);
                continue;
            }
            done.add(report);
            if (report instanceof Report.Answered answer) {
                assertThat(JSON.readTree(answer.result()).isMissingNode()).isFalse();
                answered.merge(answer.record().offset(), 1, Integer::sum);
            } else {
                givenUp.merge(((Report.GivenUp) report).failed().record().offset(), 1, Integer::sum);
            }
        }
        return pending.reported(new Written<>(done, rest, null));
    }

    private static void assertReported(boolean wanted, int records, Map<Long, Integer> reports) {
        assertThat(reports.values()).allMatch(count -> count == 1);
        assertThat(reports).hasSize(wanted ? records : 0);
    }

    private static int accounted(Pending pending) {
        return pending.parts().stream().mapToInt(Part::size).sum()
                + pending.failed().size()
                + pending.outcomes().total()
                + pending.reports().stream()
                        .mapToInt(report -> report.outcomes().total())
                        .sum();
    }

    /** With each look at it so many more records are too old. */
    private static InstantSource clock(int ageing) {
        long[] looks = {0};
        return () -> Instant.ofEpochMilli(TestRecords.TIME + (looks[0]++ % (SIZE + 1) < ageing ? 1 : 2000));
    }

    @Provide
    Arbitrary<List<String>> answers() {
        List<Long> offsets = LongStream.range(0, SIZE).boxed().toList();
        return AnyAnswers.of("orders", offsets).list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> goingOn() {
        return Arbitraries.of("drop", "dead-letter");
    }

    private BatchDelivery delivery(
            Map<String, String> parameters, Deque<String> answers, Reporting reporting, InstantSource clock) {
        Map<String, String> all =
                new HashMap<>(Map.of("maxAttempts", "3", "retryDelay", "0ms", "reportBatchItemFailures", "true"));
        all.putAll(parameters);
        PayloadAssembler assembler = new PayloadAssembler(new Offsets(), KafkaRecord::undecoded, true, 1_000_000);
        return new BatchDelivery(
                new LambdaOptions(all),
                SINK,
                assembler,
                (part, payload) -> answer(payload, answers),
                reporting,
                new RecordAge(Duration.ofSeconds(1), clock),
                new TargetState("lambda", "function", SINK));
    }

    private LambdaAnswer answer(byte[] payload, Deque<String> answers) {
        for (byte offset : payload) {
            requests.merge((long) offset, 1, Integer::sum);
        }
        String answer = answers.isEmpty() ? "null" : answers.poll();
        return answer.length() % 5 == 4
                ? LambdaAnswer.answered(200, "Unhandled", answer)
                : LambdaAnswer.answered(200, null, answer);
    }

    /** One byte for each record. */
    private static final class Offsets implements RecordFormatter {

        @Override
        public boolean decodes() {
            return false;
        }

        @Override
        public void separate(PayloadBuffer out) {}

        @Override
        public void write(KafkaRecord record, PayloadBuffer out) {
            out.write((int) record.source().offset());
        }
    }
}
