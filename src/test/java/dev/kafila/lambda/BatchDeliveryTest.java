package dev.kafila.lambda;

import static dev.kafila.record.TestRecords.records;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.aws.AwsFailure;
import dev.kafila.batch.RecordBatch;
import dev.kafila.delivery.RecordAge;
import dev.kafila.delivery.Step;
import dev.kafila.delivery.TargetState;
import dev.kafila.failure.FailedRecord;
import dev.kafila.failure.Part;
import dev.kafila.failure.Pending;
import dev.kafila.failure.Poisonable;
import dev.kafila.failure.RetryException;
import dev.kafila.failure.Sink;
import dev.kafila.format.Formatters;
import dev.kafila.format.PayloadAssembler;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordDecoder;
import dev.kafila.record.RecordReader;
import dev.kafila.record.SourceUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.StringConverter;

/** Any batch, any answers: each record ends in exactly one way, and the order is kept. */
class BatchDeliveryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Sink SINK = new Sink("id", "kafka-to-lambda", "orders");

    @Property(tries = 500)
    void everyRecordEndsInExactlyOneWayAndInOrder(
            @ForAll("anyValues") List<String> values,
            @ForAll("goingOn") String policy,
            @ForAll boolean batch,
            @ForAll boolean bisect,
            @ForAll @IntRange(min = 250, max = 3000) int limit,
            @ForAll @IntRange(min = 1, max = 10) int largest,
            @ForAll long seed) {
        RecordBatch records = new RecordBatch("orders", 0, records(values.toArray(String[]::new)), 1);
        Function function = new Function(largest, new Random(seed));
        BatchDelivery delivery = delivery(
                function,
                Map.of(
                        "onFailure", policy,
                        "batch", String.valueOf(batch),
                        "bisect", String.valueOf(bisect),
                        "payloadLimit", String.valueOf(limit)));

        Pending pending = Pending.of(SINK, records);
        while (!pending.parts().isEmpty()) {
            Step step = delivery.next(pending, null);
            pending = step.pending();
            assertThat(accounted(pending)).isEqualTo(records.size());
            assertThat(pending.parts().stream().flatMap(part -> part.records().stream()))
                    .isSortedAccordingTo((a, b) -> Long.compare(a.offset(), b.offset()));
            if (step.end() != null) {
                assertThat(step.end()).isInstanceOf(RetryException.class);
            }
        }

        assertThat(function.delivered).isSorted().doesNotHaveDuplicates();
        assertThat(pending.outcomes().delivered()).isEqualTo(function.delivered.size());
        assertThat(pending.outcomes().filtered())
                .isEqualTo(values.stream().filter("unwanted"::equals).count());
        List<Long> ended = new ArrayList<>(function.delivered);
        pending.failed().stream()
                .map(FailedRecord::record)
                .map(ConsumerRecord::offset)
                .forEach(ended::add);
        if (policy.equals("dead-letter")) {
            assertThat(pending.outcomes().dropped()).isZero();
            assertThat(ended)
                    .containsExactlyInAnyOrderElementsOf(records.records().stream()
                            .filter(record -> !Waiting.isUnwanted(record))
                            .map(ConsumerRecord::offset)
                            .toList());
        } else {
            assertThat(pending.outcomes().total()).isEqualTo(records.size());
        }
        assertThat(function.attempts.values())
                .as("requests for the same records")
                .allMatch(count -> count <= 3);
    }

    private static int accounted(Pending pending) {
        return pending.parts().stream().mapToInt(Part::size).sum()
                + pending.failed().size()
                + pending.outcomes().total();
    }

    @Provide
    Arbitrary<List<String>> anyValues() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.strings().alpha().ofMaxLength(60)),
                        Tuple.of(1, Arbitraries.of("poison", "fails", "refused", "unwanted", "later")),
                        Tuple.of(1, Arbitraries.just("x".repeat(4000))))
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<String> goingOn() {
        return Arbitraries.of("drop", "dead-letter");
    }

    /** Fails on some values for good and now and then by chance, and takes no more than so many records. */
    private static final class Function {
        private final int largest;
        private final Random chance;
        private final List<Long> delivered = new ArrayList<>();
        private final Map<String, Integer> attempts = new TreeMap<>();

        Function(int largest, Random chance) {
            this.largest = largest;
            this.chance = chance;
        }

        LambdaAnswer invoke(byte[] payload) {
            List<Long> offsets = new ArrayList<>();
            List<String> values = new ArrayList<>();
            try {
                JSON.readTree(payload).findValues("offset").forEach(offset -> offsets.add(offset.asLong()));
                values.addAll(JSON.readTree(payload).findValuesAsText("value"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (offsets.size() > largest) {
                return refused(413);
            }
            attempts.merge(offsets.toString(), 1, Integer::sum);
            if (values.contains("refused")) {
                return refused(400);
            }
            if (values.contains("fails")) {
                return LambdaAnswer.answered(200, "Unhandled", "");
            }
            if (chance.nextInt(4) == 0) {
                return refused(chance.nextBoolean() ? 429 : 503);
            }
            delivered.addAll(offsets);
            return LambdaAnswer.answered(200, null, "");
        }

        private static LambdaAnswer refused(int status) {
            return LambdaAnswer.failed(new AwsFailure(AwsFailure.Fault.NONE, status, "", null, "", new IOException()));
        }
    }

    /** Filters some values, and cannot read others at the first attempt. */
    private record Waiting(RecordReader reader, Set<Long> seen) implements RecordReader {
        @Override
        public KafkaRecord read(ConsumerRecord<byte[], byte[]> record) {
            if (text(record).equals("later") && seen.add(record.offset())) {
                throw new SourceUnavailableException(record, "a converter", new RetriableException("registry is away"));
            }
            return isUnwanted(record) ? null : reader.read(record);
        }

        static boolean isUnwanted(ConsumerRecord<byte[], byte[]> record) {
            return text(record).equals("unwanted");
        }

        private static String text(ConsumerRecord<byte[], byte[]> record) {
            return new String(record.value(), StandardCharsets.UTF_8);
        }
    }

    private static BatchDelivery delivery(Function function, Map<String, String> parameters) {
        Map<String, String> all =
                new HashMap<>(Map.of("function", "orders", "format", "plain", "maxAttempts", "3", "retryDelay", "0ms"));
        all.putAll(parameters);
        LambdaOptions options = new LambdaOptions(all);
        StringConverter text = new StringConverter();
        text.configure(Map.of(), true);
        Poisonable poisonable = new Poisonable();
        poisonable.configure(Map.of(), false);
        DefaultCamelContext context = new DefaultCamelContext();
        PayloadAssembler assembler = new PayloadAssembler(
                Formatters.create(options.format(), options.formatOptions(options.pipeline(context)), context),
                new Waiting(new RecordDecoder(text, poisonable, null), new HashSet<>()),
                options.batch(),
                options.payloadLimit());
        return new BatchDelivery(
                options,
                SINK,
                assembler,
                (part, payload) -> function.invoke(payload),
                new Reporting(false, false, options.batch()),
                new RecordAge(null, InstantSource.system()),
                new TargetState("lambda", "function", SINK));
    }
}
