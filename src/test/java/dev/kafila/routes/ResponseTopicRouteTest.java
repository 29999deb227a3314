package dev.kafila.routes;

import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.batch.Ledger;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import dev.kafila.sandbox.SandboxFunction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flow of the jar with a response topic: what is committed has its answers written. */
class ResponseTopicRouteTest {
    private static SandboxBroker broker;
    private static int number;

    private final SandboxAws aws = SandboxAws.start();
    private final SandboxFunction function = aws.function("on-order");
    private final String topic = "orders-" + number++;
    private final String answers = topic + "-answers";
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "kafila.kafka.brokers", broker.bootstrapServers(),
            "kafila.aws.endpoint", aws.endpoint().toString(),
            "kafila.aws.region", "eu-west-1",
            "kafila.aws.access-key-id", "AKIDEXAMPLE",
            "kafila.aws.secret-access-key", "secret",
            "kafila.lambda.function", "on-order",
            "kafila.lambda.format", "confluent",
            "kafila.lambda.linger", "10ms",
            "kafila.lambda.validate", "false"));

    @TempDir
    private Path directory;

    private Application application;

    @BeforeAll
    static void start() {
        broker = SandboxBroker.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void createTopics() {
        broker.createTopic(topic, 1);
        settings.put("kafila.lambda.topics", topic);
        settings.put("kafila.lambda.group", topic);
        settings.put("kafila.lambda.response-topic", answers);
    }

    @AfterEach
    void close() throws Exception {
        if (application != null) {
            application.close();
        }
        aws.close();
    }

    @Test
    void noCommitPrecedesItsAnswers() throws Exception {
        broker.createTopic(answers, 1);
        run(Map.of("kafila.lambda.batch-size", "5"));
        function.byDefault(invocation -> Answer.ok("[1,2,3,4,5]"));

        IntStream.range(0, 200).forEach(i -> send(String.valueOf(i)));

        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            // In this order: what was committed a moment ago has its answers by now.
            long committed = committed();
            assertThat(answered()).isGreaterThanOrEqualTo(committed);
            return committed == 200;
        });
        assertThat(broker.records(answers)).hasSize(200);
        assertThat(entry().delivered()).isEqualTo(200);
        assertThat(entry().balanced()).isTrue();
    }

    @Test
    void nothingIsCommittedPastAnAnswerThatCannotBeWritten() throws Exception {
        broker.createTopic(answers, 1);
        broker.denyWrites(answers);
        run(Map.of());
        send("a");
        await().until(() -> Workplace.get(application, "/observe/health").body().contains("Reports of " + topic));

        assertThat(committed()).isLessThan(1);
        assertThat(entry().inFlight()).isEqualTo(1);
        broker.allowWrites(answers);
        Workplace.resume(application, topic, 0);

        await().until(() -> committed() == 1);
        assertThat(function.count()).isEqualTo(1);
        assertThat(broker.records(answers)).hasSize(1);
    }

    @Test
    void anInstanceThatEndsBetweenAnswerAndCommitMayAnswerTwiceButNeverNotAtAll() throws Exception {
        broker.createTopic(answers, 1);
        broker.denyWrites(answers);
        run(Map.of());
        send("a");
        await().until(() -> Workplace.get(application, "/observe/health").body().contains("Reports of " + topic));

        application.close();
        assertThat(committed()).isLessThan(1);
        broker.allowWrites(answers);
        run(Map.of());

        await().until(() -> committed() == 1);
        assertThat(function.count()).isEqualTo(2);
        assertThat(broker.records(answers)).hasSize(1);
    }

    @Test
    void theTopicIsCreatedWithItsSizeAndHoldsConfluentsRecord() throws Exception {
        run(Map.of("kafila.lambda.response-topic-partitions", "2", "kafila.lambda.response-topic-replication", "1"));
        function.byDefault(Answer.ok("[{\"status_code\":200}]"));

        send("a");

        await().until(() -> committed() == 1);
        assertThat(broker.endOffsets(answers)).hasSize(2);
        assertThat(broker.records(answers)).singleElement().satisfies(answer -> {
            assertThat(answer.key()).isEqualTo(utf8("k"));
            assertThat(new String(answer.value(), StandardCharsets.UTF_8))
                    .startsWith("{\"topic\":\"" + topic + "\",\"partition\":0,\"offset\":0,\"timestamp\":")
                    .endsWith(",\"headers\":[],\"key\":\"k\",\"value\":{\"status_code\":200}}");
        });
    }

    @Test
    void theErrorTopicMayBeOnAnotherClusterWithItsOwnLogin() throws Exception {
        try (SandboxBroker secured = SandboxBroker.startSecured()) {
            run(Map.of(
                    "kafila.lambda.response-topic",
                    "",
                    "kafila.lambda.error-topic",
                    topic,
                    "kafila.lambda.on-failure",
                    "drop",
                    "kafila.lambda.reporter-brokers",
                    secured.saslPlainBootstrap(),
                    "kafila.lambda.reporter.security.protocol",
                    "SASL_SSL",
                    "kafila.lambda.reporter.sasl.mechanism",
                    "PLAIN",
                    "kafila.lambda.reporter.sasl.jaas.config",
                    "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + secured.user()
                            + "\" password=\"" + secured.password() + "\";",
                    "kafila.lambda.reporter.ssl.truststore.location",
                    secured.trustStore().toString(),
                    "kafila.lambda.reporter.ssl.truststore.password",
                    secured.trustStorePassword()));
            function.byDefault(Answer.status(400, "InvalidRequestContentException"));

            send("a");

            await().until(() -> committed() == 1);
            assertThat(secured.records(topic)).singleElement().satisfies(error -> assertThat(error.value())
                    .isEqualTo(utf8("a")));
            assertThat(entry().dropped()).isEqualTo(1);
        }
    }

    private void run(Map<String, String> more) throws Exception {
        settings.putAll(more);
        application = new Workplace(directory).start(settings);
    }

    private void send(String value) {
        var unused = broker.producer().send(new ProducerRecord<>(topic, 0, utf8("k"), utf8(value)));
        broker.producer().flush();
    }

    private Ledger.Entry entry() {
        List<Ledger.Entry> entries = Ledger.of(application.camelContext()).entries();
        return entries.stream()
                .filter(entry -> entry.topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    private long answered() {
        return broker.endOffsets(answers).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private long committed() {
        return broker.committed(topic).getOrDefault(new TopicPartition(topic, 0), -1L);
    }
}
