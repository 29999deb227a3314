package dev.kafila.mapping.poll;

import static dev.kafila.mapping.poll.PollerFixture.allowed;
import static dev.kafila.mapping.poll.PollerFixture.await;
import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.batch.Ledger;
import dev.kafila.batch.SharedBroker;
import dev.kafila.functions.FunctionProcess;
import dev.kafila.functions.PaymentsFunction;
import dev.kafila.mapping.Mapping;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.FunctionConfiguration;
import dev.kafila.sandbox.Invocation;
import dev.kafila.sandbox.SandboxBroker;
import dev.kafila.sandbox.SandboxRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;

/** What a mapping does about records that a function does not take, from the broker to the destination. */
@ExtendWith(SharedBroker.class)
@Timeout(120)
class MappingDeliveryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FUNCTION = "payments";
    private static final String QUEUE = "arn:aws:sqs:eu-west-1:123456789012:failures";
    private static final int SYNC_LIMIT = 6_291_556;

    private final SandboxBroker broker;
    private final String topic = "payments-" + UUID.randomUUID();
    private PollerFixture fixture;
    private Mapping mapping;

    @TempDir
    private Path directory;

    MappingDeliveryTest(SandboxBroker broker) {
        this.broker = broker;
    }

    @BeforeEach
    void start() {
        broker.createTopic(topic, 2);
        fixture = new PollerFixture().allowing(allowed(broker.bootstrapServers()));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void exactlyTheRecordsThatARealFunctionNamesComeAgainAndEndAtTheDestination() throws Exception {
        produce(0, "a", "late", "c", "late", "e");
        try (SandboxRuntime runtime = fixture.aws.runtime(FUNCTION);
                FunctionProcess process = real(runtime)) {
            run(more -> more.maximumRetryAttempts(2)
                    .functionResponseTypes(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES)
                    .destinationConfig(to -> to.onFailure(failure -> failure.destination(QUEUE))));
            awaitCommitted(0, 5);

            assertThat(calls()).containsExactly(List.of(0L, 1L, 2L, 3L, 4L), List.of(1L, 3L), List.of(1L, 3L));
            assertThat(process.output()).contains("payment 4");
        }
        JsonNode told = told(0);
        assertThat(told.at("/requestContext/condition").asText()).isEqualTo("RetryAttemptsExhausted");
        assertThat(told.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(3);
        assertThat(told.at("/responseContext/statusCode").asInt()).isEqualTo(200);
        assertThat(told.at("/KafkaBatchInfo/batchSize").asInt()).isEqualTo(2);
        assertThat(told.at("/KafkaBatchInfo/recordsInfo/" + topic + "-0/firstRecordOffset")
                        .asText())
                .isEqualTo("1");
        assertThat(told.at("/KafkaBatchInfo/recordsInfo/" + topic + "-0/lastRecordOffset")
                        .asText())
                .isEqualTo("3");
        assertLedger(3, 0, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 21, 31})
    void aPoisonRecordOfARealFunctionIsIsolatedAndUsesUpItsOwnAttempts(int poison) throws Exception {
        int size = 32;
        produce(0, values(size, poison));
        try (SandboxRuntime runtime = fixture.aws.runtime(FUNCTION);
                FunctionProcess process = real(runtime)) {
            run(more -> more.batchSize(size)
                    .maximumBatchingWindowInSeconds(1)
                    .maximumRetryAttempts(2)
                    .bisectBatchOnFunctionError(true)
                    .destinationConfig(to -> to.onFailure(failure -> failure.destination(QUEUE))));
            awaitCommitted(0, size);
            assertThat(process.process().isAlive()).isTrue();
        }

        List<Long> alone = List.of((long) poison);
        assertThat(calls().get(0)).hasSize(size);
        assertThat(calls().indexOf(alone)).isLessThanOrEqualTo(2 * 5);
        assertThat(Collections.frequency(calls(), alone)).isEqualTo(3);
        JsonNode told = told(0);
        assertThat(fixture.aws.queues().in("failures")).hasSize(1);
        assertThat(told.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(3);
        assertThat(told.at("/responseContext/functionError").asText()).isEqualTo("Unhandled");
        assertThat(told.at("/KafkaBatchInfo/batchSize").asInt()).isEqualTo(1);
        assertLedger(size - 1, 0, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                QUEUE,
                "arn:aws:sns:eu-west-1:123456789012:failures",
                "arn:aws:s3:::failures",
                "kafka://failures-of-payments"
            })
    void eachKindOfDestinationGetsWhatAwsWritesAndTheRestIsDelivered(String destination) throws Exception {
        produce(0, values(8, 5));
        produce(1, "a", "b", "c");
        boolean kafka = destination.startsWith("kafka:");
        if (kafka) {
            broker.createTopic("failures-of-payments", 1);
        }
        failOn(5);
        run(more -> more.maximumRetryAttempts(1)
                .bisectBatchOnFunctionError(true)
                .destinationConfig(to -> to.onFailure(failure -> failure.destination(destination))));

        awaitCommitted(0, 8);
        awaitCommitted(1, 3);

        JsonNode told = JSON.readTree(
                switch (destination.substring(0, 11)) {
                    case "arn:aws:sqs" ->
                        fixture.aws.queues().in("failures").get(0).body();
                    case "arn:aws:sns" ->
                        fixture.aws.topics().in("failures").get(0).body();
                    case "arn:aws:s3:" ->
                        fixture.aws
                                .buckets()
                                .objects("failures")
                                .values()
                                .iterator()
                                .next()
                                .text();
                    default ->
                        new String(broker.records("failures-of-payments").get(0).value(), StandardCharsets.UTF_8);
                });
        assertThat(told.at("/requestContext/functionArn").asText()).isEqualTo(PollerFixture.function(FUNCTION));
        assertThat(told.at("/requestContext/condition").asText())
                .isEqualTo(kafka ? "RetriesExhausted" : "RetryAttemptsExhausted");
        assertThat(told.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(2);
        assertThat(told.at("/KafkaBatchInfo/bootstrapServers").asText()).isEqualTo(broker.bootstrapServers());
        String place = kafka ? "recordInfo/offset" : "recordsInfo/" + topic + "-0/firstRecordOffset";
        assertThat(told.at("/KafkaBatchInfo/" + place).asText()).isEqualTo("5");
        assertThat(told.has("payload")).isEqualTo(kafka || destination.contains(":s3:"));
        assertThat(fixture.aws.function(FUNCTION).delivered().stream()
                        .flatMap(invocation -> offsets(invocation, 0).stream()))
                .containsExactly(0L, 1L, 2L, 3L, 4L, 6L, 7L);
        assertLedger(10, 0, 1);
        if (kafka) {
            assertThat(broker.records("failures-of-payments").get(0).key()).isEqualTo(utf8("k5"));
        }
    }

    @Test
    void aDestinationThatRefusesForAWhileHoldsItsPartitionAloneAndThenGetsEverythingOnce() throws Exception {
        produce(0, values(4, 2));
        failOn(2);
        fixture.aws.queues().byDefault(Answer.status(403, "AccessDenied"));
        run(more -> more.maximumRetryAttempts(0)
                .bisectBatchOnFunctionError(true)
                .destinationConfig(to -> to.onFailure(failure -> failure.destination(QUEUE))));
        await(() -> fixture.aws.queues().count() >= 3);

        produce(1, "a", "b");
        awaitCommitted(1, 2);
        assertThat(committed(0)).isLessThan(4);
        assertThat(fixture.aws.queues().in("failures")).isEmpty();
        long asked = fixture.aws.function(FUNCTION).count();

        fixture.aws.queues().answersNormally();
        awaitCommitted(0, 4);

        assertThat(fixture.aws.queues().in("failures")).hasSize(1);
        assertThat(fixture.aws.function(FUNCTION).count()).isEqualTo(asked);
        assertLedger(5, 0, 1);
    }

    @Test
    void aFunctionThatIsThrottledLosesNothingHoweverFewItsAttempts() throws Exception {
        fixture.aws.function(FUNCTION).answers(Answer.throttle(), Answer.status(503, "Unavailable"), Answer.throttle());
        produce(0, "a", "b");
        run(more -> more.maximumRetryAttempts(0)
                .destinationConfig(to -> to.onFailure(failure -> failure.destination(QUEUE))));

        awaitCommitted(0, 2);

        assertThat(fixture.aws.queues().count()).isZero();
        assertLedger(2, 0, 0);
    }

    @Test
    void whatIsTooOldIsNotSentAndSaysSoAtTheDestination() throws Exception {
        long old = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
        broker.producer()
                .send(new ProducerRecord<>(topic, 0, old, utf8("k"), utf8("old")))
                .get();
        produce(0, "new");
        run(more -> more.maximumRecordAgeInSeconds(60)
                .destinationConfig(to -> to.onFailure(failure -> failure.destination(QUEUE))));

        awaitCommitted(0, 2);

        assertThat(calls()).containsExactly(List.of(1L));
        assertThat(told(0).at("/requestContext/condition").asText()).isEqualTo("RecordAgeExceeded");
        assertThat(told(0).path("responseContext").isNull()).isTrue();
        assertLedger(1, 0, 1);
    }

    @Test
    void moreThanSixMegabytesAreNeverOneEvent() throws Exception {
        String large = "wide-" + topic;
        broker.createTopic(large, 1, Map.of("max.message.bytes", "8000000"));
        byte[] value = new byte[900_000];
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sent.add(broker.producer().send(new ProducerRecord<>(large, 0, null, value)));
        }
        for (Future<?> record : sent) {
            record.get();
        }
        run(large, more -> more.batchSize(100).maximumBatchingWindowInSeconds(1));

        await(() -> committed(large, 0) == 10);

        List<Invocation> received = fixture.aws.function(FUNCTION).received();
        assertThat(received).hasSizeBetween(2, 10).allSatisfy(invocation -> assertThat(
                        invocation.payload().asByteArray().length)
                .isLessThanOrEqualTo(SYNC_LIMIT));
        assertThat(received.stream().flatMap(invocation -> offsets(invocation, 0).stream()))
                .containsExactlyElementsOf(LongStream.range(0, 10).boxed().toList());
    }

    private FunctionProcess real(SandboxRuntime runtime) throws Exception {
        fixture.aws.function(FUNCTION).configure(FunctionConfiguration.DEFAULT.withTimeout(Duration.ofSeconds(30)));
        return FunctionProcess.start(FUNCTION, PaymentsFunction.class, runtime, directory);
    }

    private void failOn(long offset) {
        fixture.aws
                .function(FUNCTION)
                .answersWhen(invocation -> offsets(invocation, 0).contains(offset), Answer.functionError("Unhandled"));
    }

    private void run(Consumer<EventSourceMappingConfiguration.Builder> more) {
        run(topic, more);
    }

    private void run(String from, Consumer<EventSourceMappingConfiguration.Builder> more) {
        mapping = PollerFixture.mapping(
                broker.bootstrapServers(), from, FUNCTION, all -> more.accept(all.maximumBatchingWindowInSeconds(1)));
        fixture.run(1, mapping);
    }

    private void produce(int partition, String... values) throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            sent.add(broker.producer().send(new ProducerRecord<>(topic, partition, utf8("k" + i), utf8(values[i]))));
        }
        for (Future<?> record : sent) {
            record.get();
        }
    }

    private static String[] values(int size, int poison) {
        return IntStream.range(0, size)
                .mapToObj(i -> i == poison ? "poison" : "v" + i)
                .toArray(String[]::new);
    }

    private void awaitCommitted(int partition, long offset) {
        await(() -> committed(partition) == offset);
    }

    private long committed(int partition) {
        return committed(topic, partition);
    }

    private long committed(String of, int partition) {
        return broker.committed(mapping.uuid()).getOrDefault(new TopicPartition(of, partition), -1L);
    }

    private void assertLedger(long delivered, long dropped, long deadLettered) {
        List<Ledger.Entry> entries = Ledger.of(fixture.context).entries();
        assertThat(entries).allMatch(Ledger.Entry::balanced);
        assertThat(entries.stream().mapToLong(Ledger.Entry::delivered).sum()).isEqualTo(delivered);
        assertThat(entries.stream().mapToLong(Ledger.Entry::dropped).sum()).isEqualTo(dropped);
        assertThat(entries.stream().mapToLong(Ledger.Entry::deadLettered).sum()).isEqualTo(deadLettered);
        assertThat(entries.stream().mapToLong(Ledger.Entry::inFlight).sum()).isZero();
    }

    private JsonNode told(int index) throws JsonProcessingException {
        return JSON.readTree(fixture.aws.queues().in("failures").get(index).body());
    }

    private List<List<Long>> calls() {
        return fixture.aws.function(FUNCTION).received().stream()
                .map(invocation -> offsets(invocation, 0))
                .toList();
    }

    /** Offsets of one partition in an event. */
    private static List<Long> offsets(Invocation invocation, int partition) {
        List<Long> offsets = new ArrayList<>();
        try {
            JSON.readTree(invocation.payload().asByteArray())
                    .path("records")
                    .forEach(records -> records.forEach(record -> {
                        if (record.path("partition").asInt() == partition) {
                            offsets.add(record.path("offset").asLong());
                        }
                    }));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return offsets;
    }
}
