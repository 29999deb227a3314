package dev.kafila.eventbridge;

import static dev.kafila.record.TestRecords.records;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kafila.batch.Outcomes;
import dev.kafila.batch.RecordBatch;
import dev.kafila.delivery.Accounts;
import dev.kafila.delivery.GivingUp;
import dev.kafila.delivery.RecordAge;
import dev.kafila.delivery.Step;
import dev.kafila.delivery.TargetState;
import dev.kafila.failure.FailurePolicy;
import dev.kafila.failure.Part;
import dev.kafila.failure.Pending;
import dev.kafila.failure.RetryPolicy;
import dev.kafila.failure.Sink;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordDecoder;
import dev.kafila.record.RecordReader;
import dev.kafila.record.SourceUnavailableException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.StringConverter;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Any batch, any answers: each record ends in exactly one way, and of an ordered bus no request overtakes another. */
class BusDeliveryTest {
    private static final Sink SINK = new Sink("id", "kafka-to-eventbridge", "orders-bus");
    private static final Set<Integer> RETRY_STATUS = Set.of(500, 503);
    private static final int MAX_ATTEMPTS = 3;
    private static final RetryPolicy RETRY = new RetryPolicy(MAX_ATTEMPTS, Duration.ZERO, 1, Duration.ZERO);
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    @AfterContainer
    static void close() {
        THREADS.shutdownNow();
    }

    @Property(tries = 400)
    void everyRecordEndsInExactlyOneWay(
            @ForAll("anyValues") List<String> values,
            @ForAll("goingOn") FailurePolicy policy,
            @ForAll boolean ordered,
            @ForAll @IntRange(min = 1, max = 8) int inFlight,
            @ForAll @IntRange(min = 1, max = 10) int largest,
            @ForAll long seed) {
        RecordBatch batch = new RecordBatch("orders", 0, records(values.toArray(String[]::new)), 1);
        Bus bus = new Bus(batch, largest, new Random(seed));
        Records reader = new Records();
        BusDelivery delivery = new BusDelivery(target(bus, reader, policy, ordered, inFlight), new HashMap<>());

        Pending pending = Pending.of(SINK, batch);
        while (!pending.parts().isEmpty()) {
            bus.begin(pending, ordered);
            Step step = delivery.next(pending, null);
            pending = step.pending();
            assertThat(accounted(pending)).isEqualTo(batch.size());
            assertThat(step.end()).isNull();
        }

        assertThat(bus.taken).doesNotHaveDuplicates();
        assertThat(pending.outcomes().delivered()).isEqualTo(bus.taken.size());
        assertThat(pending.outcomes().filtered())
                .isEqualTo(values.stream().filter("unwanted"::equals).count());
        assertThat(bus.overtaken).isEmpty();
        assertThat(bus.failures.values()).allMatch(count -> count <= MAX_ATTEMPTS);
        assertThat(reader.reads.values()).as("how often a record was read").allMatch(count -> count == 1);
        assertEverybodyElseIsGivenUp(batch, bus, pending, policy);
    }

    private static void assertEverybodyElseIsGivenUp(
            RecordBatch batch, Bus bus, Pending pending, FailurePolicy policy) {
        Set<Long> expected = batch.records().stream()
                .filter(record -> !Records.isUnwanted(record))
                .map(ConsumerRecord::offset)
                .filter(offset -> !bus.taken.contains(offset))
                .collect(toSet());
        if (policy == FailurePolicy.DEAD_LETTER) {
            assertThat(pending.failed())
                    .extracting(failed -> failed.record().offset())
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(pending.failed())
                    .allSatisfy(failed -> assertThat(failed.attempts()).isEqualTo(bus.failures(failed.record())));
        } else {
            assertThat(pending.outcomes().dropped()).isEqualTo(expected.size());
        }
    }

    @Property(tries = 200)
    void aPolicyThatStopsLosesNothingAndResumingDeliversTheRest(
            @ForAll("anyValues") List<String> values, @ForAll boolean ordered, @ForAll long seed) {
        RecordBatch batch = new RecordBatch("orders", 0, records(values.toArray(String[]::new)), 1);
        Bus bus = new Bus(batch, 10, new Random(seed));
        Records reader = new Records();
        BusDelivery delivery =
                new BusDelivery(target(bus, reader, FailurePolicy.STOP_PARTITION, ordered, 4), new HashMap<>());

        Pending pending = Pending.of(SINK, batch);
        while (!pending.parts().isEmpty()) {
            bus.begin(pending, ordered);
            Step step = delivery.next(pending, null);
            pending = step.pending();
            assertThat(accounted(pending)).isEqualTo(batch.size());
            if (step.end() != null) {
                bus.mended = true;
                reader.mended = true;
            }
        }

        assertThat(bus.taken).doesNotHaveDuplicates().hasSize(pending.outcomes().delivered());
        assertThat(pending.outcomes().total()).isEqualTo(batch.size());
        assertThat(pending.outcomes().dropped()).isZero();
        assertThat(bus.overtaken).isEmpty();
    }

    @Test
    void whatCannotBeReadForNowWaitsWithoutAnAttemptAndWhatIsBeforeItIsDelivered() {
        RecordBatch batch = new RecordBatch("orders", 0, records("a", "later", "c"), 1);
        Bus bus = new Bus(batch, 10, new Quiet());
        RetryPolicy retry = new RetryPolicy(MAX_ATTEMPTS, Duration.ofHours(1), 1, Duration.ofHours(1));
        BusDelivery delivery = new BusDelivery(
                target(bus::put, new Records(), FailurePolicy.DROP, false, 4, retry, THREADS), new HashMap<>());

        Step step = delivery.next(Pending.of(SINK, batch), null);

        assertThat(bus.taken).containsExactly(0L);
        Part waiting = delivery.first(step.pending());
        assertThat(waiting.records()).extracting(ConsumerRecord::offset).containsExactly(1L, 2L);
        assertThat(waiting.attempts()).isZero();
        assertThat(waiting.waits()).isEqualTo(1);
        assertThat(waiting.timeLeft(System.nanoTime())).isGreaterThan(Duration.ofMinutes(1));
    }

    @Test
    void theLastRequestOfAWaveNeedsNoOtherThread() {
        RecordBatch batch = new RecordBatch("orders", 0, records("a", "b"), 1);
        Bus bus = new Bus(batch, 10, new Quiet());
        Executor none = task -> {
            throw new AssertionError("a request went to another thread");
        };
        BusDelivery delivery = new BusDelivery(
                target(bus::put, new Records(), FailurePolicy.DROP, false, 4, RETRY, none), new HashMap<>());

        assertThat(delivery.next(Pending.of(SINK, batch), null).pending().outcomes())
                .isEqualTo(Outcomes.delivered(2));
    }

    @Test
    void whereNoThreadIsToBeHadTheBatchsOwnSendsEveryRequest() {
        RecordBatch batch = new RecordBatch("orders", 0, records("v".repeat(25).split("")), 1);
        Bus bus = new Bus(batch, 10, new Quiet());
        Executor closed = task -> {
            throw new RejectedExecutionException();
        };
        BusDelivery delivery = new BusDelivery(
                target(bus::put, new Records(), FailurePolicy.DROP, false, 1, RETRY, closed), new HashMap<>());

        assertThat(delivery.next(Pending.of(SINK, batch), null).pending().outcomes())
                .isEqualTo(Outcomes.delivered(25));
    }

    @Test
    void aFaultOfThisProcessGivesNoRecordUpAndWhatOtherRequestsAchievedCounts() {
        RecordBatch batch = new RecordBatch("orders", 0, records("v".repeat(15).split("")), 1);
        Bus bus = new Bus(batch, 10, new Quiet());
        // One after another: the second request is begun before the first one ends.
        List<Runnable> first = new ArrayList<>();
        Function<List<Entry>, PutAnswer> half = entries -> {
            if (entries.get(0).source().offset() == 0) {
                throw new NoClassDefFoundError("signer");
            }
            PutAnswer answer = bus.put(entries);
            first.forEach(Runnable::run);
            return answer;
        };
        BusDelivery delivery = new BusDelivery(
                target(half, new Records(), FailurePolicy.DROP, false, 4, RETRY, first::add), new HashMap<>());

        Step step = delivery.next(Pending.of(SINK, batch), null);

        assertThat(step.end()).isInstanceOf(IllegalStateException.class).hasMessageContaining("orders-0@0");
        assertThat(step.pending().outcomes()).isEqualTo(Outcomes.delivered(5));
        assertThat(step.pending().parts()).singleElement().satisfies(part -> {
            assertThat(part.records())
                    .extracting(ConsumerRecord::offset)
                    .containsExactlyElementsOf(LongStream.range(0, 10).boxed().toList());
            assertThat(part.attempts()).isZero();
        });
    }

    @Test
    void whatWaitsWhenNoFurtherRequestIsToBeginStaysPending() {
        String[] values = "v".repeat(45).split("");
        values[0] = "refused";
        RecordBatch batch = new RecordBatch("orders", 0, records(values), 1);
        Bus bus = new Bus(batch, 10, new Quiet());
        AtomicReference<RequestQueue> queue = new AtomicReference<>();
        Function<List<Entry>, PutAnswer> first = entries -> {
            await().until(() -> queue.get().waiting() > 1);
            return bus.put(entries);
        };
        BusTarget target = target(first, new Records(), FailurePolicy.STOP_PARTITION, false, 1, RETRY, THREADS);
        queue.set(target.queue());

        Step step = new BusDelivery(target, new HashMap<>()).next(Pending.of(SINK, batch), null);

        assertThat(step.end()).isNotNull();
        assertThat(step.pending().outcomes()).isEqualTo(Outcomes.delivered(9));
        assertThat(step.pending().parts().stream()
                        .flatMap(part -> part.records().stream())
                        .map(ConsumerRecord::offset))
                .containsExactlyInAnyOrderElementsOf(LongStream.concat(LongStream.of(0), LongStream.range(10, 45))
                        .boxed()
                        .toList());
    }

    @Test
    void whatWasTakenIsNotKeptUntilTheLastRequestOfTheBatch() {
        RecordBatch batch = new RecordBatch("orders", 0, records("v".repeat(200).split("")), 1);
        Bus bus = new Bus(batch, 10, new Quiet());
        List<WeakReference<Entry>> first = new ArrayList<>();
        Function<List<Entry>, PutAnswer> last = entries -> {
            if (first.isEmpty()) {
                entries.forEach(entry -> first.add(new WeakReference<>(entry)));
            } else if (entries.get(0).source().offset() == 190) {
                await().untilAsserted(() -> {
                    System.gc();
                    assertThat(first).allMatch(entry -> entry.get() == null);
                });
            }
            return bus.put(entries);
        };
        BusDelivery delivery = new BusDelivery(
                target(last, new Records(), FailurePolicy.DROP, false, 4, RETRY, Runnable::run), new HashMap<>());

        Step step = delivery.next(Pending.of(SINK, batch), null);

        assertThat(step.end()).isNull();
        assertThat(step.pending().outcomes()).isEqualTo(Outcomes.delivered(200));
    }

    private static int accounted(Pending pending) {
        return pending.parts().stream().mapToInt(Part::size).sum()
                + pending.failed().size()
                + pending.outcomes().total();
    }

    @Provide
    Arbitrary<List<String>> anyValues() {
        return Arbitraries.frequencyOf(
                        Tuple.of(12, Arbitraries.strings().alpha().ofMaxLength(20)),
                        Tuple.of(1, Arbitraries.of("fails", "refused", "culprit", "unwanted", "later")),
                        Tuple.of(1, Arbitraries.just("x".repeat(4000))))
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<FailurePolicy> goingOn() {
        return Arbitraries.of(FailurePolicy.DROP, FailurePolicy.DEAD_LETTER);
    }

    private static BusTarget target(Bus bus, RecordReader reader, FailurePolicy policy, boolean ordered, int inFlight) {
        return target(bus::put, reader, policy, ordered, inFlight, RETRY, ordered ? Runnable::run : THREADS);
    }

    private static BusTarget target(
            Function<List<Entry>, PutAnswer> bus,
            RecordReader reader,
            FailurePolicy policy,
            boolean ordered,
            int inFlight,
            RetryPolicy retry,
            Executor threads) {
        EntryOptions options = EntryOptions.of(name -> name.equals("bus") ? SINK.target() : "");
        return new BusTarget(
                SINK,
                ordered,
                new EntryReader(reader, new EntryFormatter(options, 2000)),
                new RequestSender(bus, null, RETRY_STATUS),
                new RequestQueue(new RequestLimiter(SINK.target(), inFlight, 0), threads),
                new RecordAge(null, InstantSource.system()),
                retry,
                policy,
                new GivingUp("bus", BusDelivery.class, retry, policy, Accounts.AT_ONCE),
                new TargetState("eventbridge", "bus", SINK));
    }

    /** Never decides for a failure. */
    private static final class Quiet extends Random {
        private static final long serialVersionUID = 1;

        @Override
        public int nextInt(int bound) {
            return bound - 1;
        }
    }

    /** Refuses some values for good, fails now and then by chance, and takes no more than so many entries at once. */
    private static final class Bus {
        private final Map<Long, String> values = new HashMap<>();
        private final int largest;
        private final Random chance;
        private final List<Long> taken = new ArrayList<>();
        private final Map<Long, Integer> failures = new TreeMap<>();
        private final List<String> overtaken = new ArrayList<>();
        private Set<Long> before = Set.of();
        private boolean mended;

        Bus(RecordBatch batch, int largest, Random chance) {
            batch.records().forEach(record -> values.put(record.offset(), Records.text(record)));
            this.largest = largest;
            this.chance = chance;
        }

        /** Before a step: in order, nothing that is pending then may be behind a request of it. */
        void begin(Pending pending, boolean ordered) {
            before = ordered
                    ? pending.parts().stream()
                            .flatMap(part -> part.records().stream())
                            .filter(record -> !Records.isUnwanted(record) && !Records.isUnfit(record))
                            .map(ConsumerRecord::offset)
                            .collect(toSet())
                    : Set.of();
        }

        int failures(ConsumerRecord<?, ?> record) {
            return failures.getOrDefault(record.offset(), 0);
        }

        synchronized PutAnswer put(List<Entry> entries) {
            List<Long> offsets =
                    entries.stream().map(entry -> entry.source().offset()).toList();
            before.stream()
                    .filter(offset -> offset < offsets.get(0))
                    .forEach(offset -> overtaken.add(offset + " by " + offsets));
            if (offsets.size() > largest) {
                return refused(413, "");
            }
            if (!mended
                    && offsets.stream().anyMatch(offset -> values.get(offset).equals("culprit"))) {
                if (offsets.size() == 1) {
                    fail(offsets.get(0));
                }
                return refused(400, "ValidationException");
            }
            if (chance.nextInt(6) == 0) {
                offsets.forEach(this::fail);
                return chance.nextBoolean() ? refused(503, "") : PutAnswer.answered(List.of());
            }
            return PutAnswer.answered(offsets.stream().map(this::put).toList());
        }

        private PutEventsResultEntry put(long offset) {
            String value = values.get(offset);
            String code = null;
            if (!mended && value.equals("refused")) {
                code = "MalformedDetail";
            } else if (!mended && value.equals("fails")) {
                code = "InternalFailure";
            } else if (chance.nextInt(10) == 0) {
                code = chance.nextBoolean() ? "ThrottlingException" : "InternalException";
            }
            if (code == null) {
                taken.add(offset);
                return PutEventsResultEntry.builder().eventId("id").build();
            }
            fail(offset);
            return PutEventsResultEntry.builder().errorCode(code).build();
        }

        private void fail(long offset) {
            failures.merge(offset, 1, Integer::sum);
        }

        private static PutAnswer refused(int status, String code) {
            return PutAnswer.failed(EventBridgeException.builder()
                    .statusCode(status)
                    .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                    .cause(new IOException())
                    .build());
        }
    }

    /** Filters some values, cannot read others, and others not at the first attempt. */
    private static final class Records implements RecordReader {
        private final RecordReader reader;
        private final Set<Long> seen = new HashSet<>();
        private final Map<Long, Integer> reads = new TreeMap<>();
        private boolean mended;

        Records() {
            StringConverter text = new StringConverter();
            text.configure(Map.of(), true);
            reader = new RecordDecoder(text, text, null);
        }

        @Override
        public KafkaRecord read(ConsumerRecord<byte[], byte[]> record) {
            if (text(record).equals("later") && seen.add(record.offset())) {
                throw new SourceUnavailableException(record, "a converter", new RetriableException("registry is away"));
            }
            reads.merge(record.offset(), 1, Integer::sum);
            return isUnwanted(record) || (mended && isUnfit(record)) ? null : reader.read(record);
        }

        static boolean isUnwanted(ConsumerRecord<byte[], byte[]> record) {
            return text(record).equals("unwanted");
        }

        /** Whether it fits into no request. */
        static boolean isUnfit(ConsumerRecord<byte[], byte[]> record) {
            return record.value().length > 2000;
        }

        static String text(ConsumerRecord<byte[], byte[]> record) {
            return new String(record.value(), StandardCharsets.UTF_8);
        }
    }
}
