package dev.kafila.routes;

import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.batch.Ledger;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.Invocation;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import dev.kafila.sandbox.SandboxFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flow of the jar as users run it: settings, a real broker, the real AWS client. */
class KafkaToLambdaTest {
    private static final Answer REFUSAL = Answer.status(400, "InvalidRequestContentException");

    private static SandboxBroker broker;
    private static int number;

    private final SandboxAws aws = SandboxAws.start();
    private final SandboxFunction function = aws.function("on-order");
    private final String topic = "orders-" + number++;
    private final String deadLetters = topic + "-dlt";
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "kafila.kafka.brokers", broker.bootstrapServers(),
            "kafila.aws.endpoint", aws.endpoint().toString(),
            "kafila.aws.region", "eu-west-1",
            "kafila.aws.access-key-id", "AKIDEXAMPLE",
            "kafila.aws.secret-access-key", "secret",
            "kafila.lambda.function", "on-order",
            "kafila.lambda.format", "plain",
            "kafila.lambda.linger", "50ms",
            "kafila.lambda.validate", "false"));

    @TempDir
    private Path directory;

    private Application application;

    @BeforeAll
    static void start() {
        broker = SandboxBroker.start(Map.of("auto.create.topics.enable", "false"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void createTopics() {
        broker.createTopic(topic, 2);
        broker.createTopic(deadLetters, 1);
        settings.put("kafila.lambda.topics", topic);
        settings.put("kafila.lambda.group", topic);
    }

    @AfterEach
    void close() throws Exception {
        if (application != null) {
            application.close();
        }
        aws.close();
    }

    @Test
    void everyRecordArrivesInTheOrderOfItsPartitionAndIsCommitted() throws Exception {
        run(Map.of("kafila.lambda.batch-size", "7"));
        List<String> values =
                IntStream.range(0, 100).mapToObj(i -> String.format("%03d", i)).toList();

        values.forEach(value -> send(Integer.parseInt(value) % 2, value));

        await().until(() -> committed(0) == 50 && committed(1) == 50);
        assertThat(values()).containsExactlyInAnyOrderElementsOf(values);
        assertThat(values().stream().filter(value -> Integer.parseInt(value) % 2 == 0))
                .isSorted();
        assertThat(entry(0).delivered()).isEqualTo(50);
        assertThat(entry(0).balanced()).isTrue();
    }

    @Test
    void theDefaultFormatIsTheEventOfAnEventSourceMapping() throws Exception {
        run(Map.of("kafila.lambda.format", ""));

        send(0, "a");

        await().until(() -> committed(0) == 1);
        assertThat(function.delivered()).singleElement().satisfies(invocation -> assertThat(invocation.text())
                .startsWith("{\"eventSource\":\"SelfManagedKafka\",\"bootstrapServers\":\"" + broker.bootstrapServers()
                        + "\",\"records\":{\"" + topic + "-0\":["));
    }

    @Test
    void aRecordThatCannotBeDeliveredGoesToTheDeadLetterTopicOfTheSameCluster() throws Exception {
        run(Map.of(
                "kafila.lambda.on-failure", "dead-letter",
                "kafila.lambda.dead-letter", "kafka:" + deadLetters + "?lingerMs=1&compressionCodec=gzip",
                "kafila.lambda.batch", "false"));
        function.answersWhen(invocation -> invocation.text().contains("\"poison\""), REFUSAL);

        send(0, "a", "poison", "c");

        await().until(() -> committed(0) == 3);
        assertThat(values()).containsExactly("a", "c");
        assertThat(broker.records(deadLetters)).singleElement().satisfies(letter -> {
            assertThat(letter.value()).isEqualTo(utf8("poison"));
            assertThat(letter.headers()
                            .lastHeader("__connect.errors.connector.name")
                            .value())
                    .isEqualTo(utf8("kafka-to-lambda"));
        });
        assertThat(entry(0).deadLettered()).isEqualTo(1);
        assertThat(entry(0).balanced()).isTrue();
    }

    @Test
    void aPoisonRecordStopsOnlyItsPartitionAndGoesOnAfterResume() throws Exception {
        run(Map.of("kafila.lambda.batch", "false"));
        function.answersWhen(invocation -> invocation.text().contains("\"poison\""), REFUSAL);

        send(0, "a", "poison", "c");
        send(1, "d");

        await().until(() -> committed(1) == 1 && values().contains("a"));
        await().until(() -> Workplace.get(application, "/observe/health").body().contains("cannot be delivered"));
        assertThat(committed(0)).isLessThan(2);
        function.answersNormally();
        Workplace.resume(application, topic, 0);
        await().until(() -> committed(0) == 3);
        assertThat(values()).containsExactlyInAnyOrder("a", "d", "poison", "c");
    }

    @Test
    void stoppingWhileABatchWaitsForItsRetryIsQuickAndSettlesNothing() throws Exception {
        run(Map.of(
                "kafila.lambda.on-failure", "dead-letter",
                "kafila.lambda.dead-letter", "kafka:" + deadLetters,
                "kafila.lambda.retry-delay", "60s"));
        function.byDefault(Answer.throttle());
        send(0, "a");
        await().until(() -> function.count() == 1);

        long start = System.nanoTime();
        application.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(committed(0)).isLessThan(1);
        assertThat(broker.records(deadLetters)).isEmpty();
        assertThat(function.count()).isEqualTo(1);
    }

    @Test
    void nothingIsCommittedPastADeadLetterThatCannotBeWritten() throws Exception {
        broker.denyWrites(deadLetters);
        run(Map.of("kafila.lambda.on-failure", "dead-letter", "kafila.lambda.dead-letter", "kafka:" + deadLetters));
        function.byDefault(REFUSAL);
        send(0, "a");
        await().until(() -> Workplace.get(application, "/observe/health").body().contains("cannot be written"));

        assertThat(committed(0)).isLessThan(1);
        broker.allowWrites(deadLetters);
        Workplace.resume(application, topic, 0);

        await().until(() -> committed(0) == 1);
        assertThat(function.count()).isEqualTo(1);
        assertThat(broker.records(deadLetters)).hasSize(1);
    }

    @Test
    void theFormJsonShowsAsMuchOfTheSchemasAsTheSettingsSay() throws Exception {
        run(Map.of(
                "kafila.lambda.format", "json",
                "kafila.lambda.schema-visibility.key", "all",
                "kafila.lambda.schema-visibility.value", "none",
                "kafila.lambda.include-headers", "true"));

        send(0, "a");

        await().until(() -> committed(0) == 1);
        assertThat(function.delivered().get(0).text())
                .startsWith("[{\"key\":{\"schema\":{\"type\":\"string\",\"optional\":true},\"payload\":\"k\"},"
                        + "\"keySchemaName\":null,\"keySchemaVersion\":null,\"value\":\"a\",")
                .endsWith("\"headers\":[]}]");
    }

    @Test
    void theFormRawIsTheValueOfOneRecordWithoutBatches() throws Exception {
        run(Map.of("kafila.lambda.format", "raw", "kafila.lambda.batch", "false"));

        send(0, "{\"id\": 1.0}", "hello");

        await().until(() -> committed(0) == 2);
        assertThat(function.delivered()).extracting(Invocation::text).containsExactly("{\"id\": 1.0}", "\"hello\"");
    }

    @Test
    void aFormatterOfAUsersOwnIsABeanInAFileBesideTheRoutes() throws Exception {
        new Workplace(directory).routes("beans", """
                - beans:
                    - name: values
                      type: "#class:dev.kafila.routes.ValuesFormatter"
                """);
        run(Map.of("kafila.lambda.format", "#values"));

        send(0, "a", "b");

        await().until(() -> committed(0) == 2);
        assertThat(function.delivered().stream().map(Invocation::text))
                .allMatch(text -> text.matches("\\[(\"[ab]\",?)+]"));
    }

    @Test
    void aFunctionThatIsNotThereIsSaidAndNothingIsLost() throws Exception {
        aws.declareFunctions("another");
        run(Map.of("kafila.lambda.function", "missing"));
        send(0, "a");
        await().until(() -> Workplace.get(application, "/observe/health").body().contains("missing"));
        aws.declareFunctions("missing");
        Workplace.resume(application, topic, 0);

        await().until(() -> committed(0) == 1);
        await().until(() -> Workplace.get(application, "/observe/health").statusCode() == 200);
    }

    private void run(Map<String, String> more) throws Exception {
        settings.putAll(more);
        application = new Workplace(directory).start(settings);
    }

    private void send(int partition, String... values) {
        Arrays.stream(values).forEach(value -> {
            var unused = broker.producer().send(new ProducerRecord<>(topic, partition, utf8("k"), utf8(value)));
        });
        broker.producer().flush();
    }

    private List<String> values() {
        return function.delivered().stream()
                .flatMap(invocation -> Pattern.compile("\"value\":\"([^\"]*)\"")
                        .matcher(invocation.text())
                        .results())
                .map(match -> match.group(1))
                .toList();
    }

    private Ledger.Entry entry(int partition) {
        return Ledger.of(application.camelContext()).entries().stream()
                .filter(entry -> entry.topic().equals(topic) && entry.partition() == partition)
                .findFirst()
                .orElse(null);
    }

    private long committed(int partition) {
        return broker.committed(topic).getOrDefault(new TopicPartition(topic, partition), -1L);
    }
}
