package dev.kafila.kamelets;

import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.Invocation;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import dev.kafila.sandbox.SandboxFunction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.main.Main;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kamelets in a Camel that knows nothing else of ours: no settings, no beans, no configuration of any component. */
class KameletsAloneTest {
    private static SandboxBroker broker;
    private static SandboxAws aws;
    private static int number;

    private final Main main = new Main();
    private final String topic = "orders-" + number++;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        broker = SandboxBroker.start(Map.of("auto.create.topics.enable", "false"));
        aws = SandboxAws.start();
    }

    @AfterAll
    static void stop() {
        aws.close();
        broker.close();
    }

    @BeforeEach
    void createTopic() {
        broker.createTopic(topic, 1);
    }

    @AfterEach
    void close() {
        main.stop();
        aws.reset();
    }

    @Test
    void twoFlowsOfTheSameKameletsCarryTheirRecordsEachToItsFunction() throws Exception {
        String other = topic + "-other";
        broker.createTopic(other, 1);
        run(flow("one", topic, "function-one", ""), flow("two", other, "function-two", ""));

        send(topic, "a", "b");
        send(other, "c");

        await().until(() -> values(aws.function("function-one")).equals(List.of("a", "b")));
        await().until(() -> values(aws.function("function-two")).equals(List.of("c")));
        await().until(() -> committed("one", topic) == 2 && committed("two", other) == 1);
    }

    @Test
    void aFormatOfAUsersOwnIsABeanOfTheSameFile() throws Exception {
        String beans = """
            - beans:
                - name: values
                  type: "#class:dev.kafila.routes.ValuesFormatter"
            """;
        run(beans, flow("one", topic, "function-one", "").replace("format: plain", "format: \"#values\""));

        send(topic, "a");

        await().until(() -> committed("one", topic) == 1);
        assertThat(aws.function("function-one").delivered())
                .extracting(Invocation::text)
                .contains("[\"a\"]");
    }

    @Test
    void withoutAnyErrorHandlingOfTheRouteTheSourceRedeliversUntilTheFunctionTakesIt() throws Exception {
        run(flow("one", topic, "function-one", ""));
        aws.function("function-one")
                .answers(Answer.throttle(), Answer.status(503, "Unavailable"), Answer.functionError("Unhandled"));

        send(topic, "a");

        await().until(() -> committed("one", topic) == 1);
        assertThat(aws.function("function-one").count()).isEqualTo(4);
        assertThat(aws.function("function-one").deliveredCount()).isEqualTo(1);
    }

    @Test
    void whatCannotBeDeliveredIsNeitherCommittedNorLostWhereNobodyTakesDeadLetters() throws Exception {
        run(flow("one", topic, "function-one", "onFailure: dead-letter"));
        aws.function("function-one")
                .answersWhen(
                        invocation -> invocation.text().contains("\"poison\""),
                        Answer.status(400, "InvalidRequestContentException"));

        send(topic, "a", "poison");
        send(topic, "c");

        await().until(() -> aws.function("function-one").count() >= 1);
        await().during(Duration.ofSeconds(1)).until(() -> committed("one", topic) < 2);
    }

    @Test
    void theDeadLetterKameletTakesWhatTheRoutesOwnClauseGivesIt() throws Exception {
        String deadLetters = topic + "-dlt";
        broker.createTopic(deadLetters, 1);
        run(deadLettering(deadLetters), flow("one", topic, "function-one", "onFailure: dead-letter"));
        aws.function("function-one")
                .answersWhen(
                        invocation -> invocation.text().contains("\"poison\""),
                        Answer.status(400, "InvalidRequestContentException"));

        send(topic, "poison");
        send(topic, "c");

        await().until(() -> committed("one", topic) == 2);
        assertThat(broker.records(deadLetters)).singleElement().satisfies(letter -> assertThat(letter.value())
                .isEqualTo(utf8("poison")));
        assertThat(values(aws.function("function-one"))).containsExactly("c");
    }

    /** What the operator makes of {@code errorHandler.sink} of a Pipe. It takes a wait for a failure, and swallows its own. */
    @Test
    void aDeadLetterChannelOfCamelsOwnLosesNothingAndGetsOnlyWhatCannotBeDelivered() throws Exception {
        String deadLetters = topic + "-dlt";
        broker.createTopic(deadLetters, 1);
        run(deadLetterChannel(deadLetters), flow("one", topic, "function-one", "onFailure: dead-letter"));
        aws.function("function-one")
                .answersWhen(
                        invocation -> invocation.text().contains("\"poison\""),
                        Answer.status(400, "InvalidRequestContentException"));
        aws.function("function-one").answers(Answer.ok(), Answer.throttle());

        send(topic, "a", "poison", "c");

        await().until(() -> committed("one", topic) == 3);
        assertThat(values(aws.function("function-one"))).containsExactly("a", "c");
        assertThat(broker.records(deadLetters)).singleElement().satisfies(letter -> assertThat(letter.value())
                .isEqualTo(utf8("poison")));
    }

    private void run(String... documents) throws Exception {
        Path file = directory.resolve("flows.camel.yaml");
        Files.writeString(file, String.join("", documents));
        main.setDefaultPropertyPlaceholderLocation("false");
        main.configure().withRoutesIncludePattern("file:" + file);
        main.configure().withShutdownTimeout(10);
        main.start();
    }

    private static String flow(String id, String topic, String function, String parameters) {
        return """
            - route:
                id: %1$s
                routeConfigurationId: own
                from:
                  uri: kamelet:kafila-kafka-source
                  parameters:
                    topics: %2$s
                    group: %1$s
                    brokers: %3$s
                    linger: 0ms
                  steps:
                    - to:
                        uri: kamelet:kafila-lambda-sink
                        parameters:
                          function: %4$s
                          format: plain
                          batch: "false"
                          endpoint: %5$s
                          region: eu-west-1
                          accessKeyId: AKIDEXAMPLE
                          secretAccessKey: "RAW(se+cr%%et&)"
                          retryDelay: 10ms
            """.formatted(id, topic, broker.bootstrapServers(), function, aws.endpoint()) + parameters.indent(14);
    }

    private static String deadLettering(String topic) {
        return """
            - routeConfiguration:
                id: own
                onException:
                  - onException:
                      exception:
                        - dev.kafila.failure.UndeliverableException
                      handled:
                        constant:
                          expression: "true"
                      steps:
                        - to:
                            uri: kamelet:kafila-dead-letter-sink
                            parameters:
                              endpoint: "RAW(kafka:%s?brokers=%s)"
            """.formatted(topic, broker.bootstrapServers());
    }

    private static String deadLetterChannel(String topic) {
        return """
            - routeConfiguration:
                id: own
                errorHandler:
                  deadLetterChannel:
                    deadLetterUri: "kamelet:kafila-dead-letter-sink?endpoint=RAW(kafka:%s?brokers=%s)"
            """.formatted(topic, broker.bootstrapServers());
    }

    private static void send(String topic, String... values) {
        for (String value : values) {
            var unused = broker.producer().send(new ProducerRecord<>(topic, utf8("k"), utf8(value)));
        }
        broker.producer().flush();
    }

    private static List<String> values(SandboxFunction function) {
        return function.delivered().stream()
                .filter(invocation -> !invocation.type().equals("DryRun"))
                .map(invocation -> invocation.text().replaceAll(".*\"value\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private static long committed(String group, String topic) {
        return broker.committed(group).getOrDefault(new TopicPartition(topic, 0), -1L);
    }
}
