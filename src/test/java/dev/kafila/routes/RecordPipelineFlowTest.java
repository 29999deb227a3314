package dev.kafila.routes;

import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.batch.Ledger;
import dev.kafila.sandbox.Invocation;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import dev.kafila.sandbox.SandboxFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Converters, filter and transforms as users set them: settings or parameters, a real broker, the real AWS client. */
class RecordPipelineFlowTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static SandboxBroker broker;
    private static int number;

    private final SandboxAws aws = SandboxAws.start();
    private final SandboxFunction function = aws.function("on-order");
    private final String topic = "records-" + number++;
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
            "kafila.lambda.retry-delay", "20ms",
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
        broker.createTopic(topic, 1);
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
    void whatIsFilteredTransformedAndPoisonedIsAllAccountedFor() throws Exception {
        run(Map.ofEntries(
                Map.entry("kafila.lambda.value-converter", "json"),
                Map.entry("kafila.lambda.filter", "{\"value\":{\"status\":[\"paid\"]}}"),
                Map.entry("kafila.lambda.transforms", "mask,number"),
                Map.entry("kafila.lambda.transforms.mask.type", "org.apache.kafka.connect.transforms.MaskField$Value"),
                Map.entry("kafila.lambda.transforms.mask.fields", "card"),
                Map.entry("kafila.lambda.transforms.number.type", "org.apache.kafka.connect.transforms.Cast$Value"),
                Map.entry("kafila.lambda.transforms.number.spec", "amount:int64"),
                Map.entry("kafila.lambda.on-failure", "dead-letter"),
                Map.entry("kafila.lambda.dead-letter", "kafka:" + deadLetters)));

        send("{\"status\":\"paid\",\"card\":\"4711\",\"amount\":\"5\"}");
        send("{\"status\":\"open\",\"card\":\"4712\",\"amount\":\"6\"}");
        send("not JSON");
        send("{\"status\":\"paid\",\"card\":\"4713\",\"amount\":\"many\"}");
        send("{\"status\":\"paid\",\"card\":\"4714\",\"amount\":\"7\"}");

        await().until(() -> committed() == 5);
        // MaskField copies into a hash map, whose order is the JDK's to choose.
        assertThat(values())
                .satisfiesExactly(
                        first ->
                                assertThat(fields(first)).containsExactlyInAnyOrder("amount=5", "card=", "status=paid"),
                        last -> assertThat(fields(last)).containsExactlyInAnyOrder("amount=7", "card=", "status=paid"));
        assertThat(broker.records(deadLetters))
                .hasSize(2)
                .satisfiesExactly(
                        letter -> {
                            assertThat(letter.value()).isEqualTo(utf8("not JSON"));
                            assertThat(header(letter.headers(), "stage")).isEqualTo("VALUE_CONVERTER");
                            assertThat(header(letter.headers(), "class.name"))
                                    .isEqualTo("dev.kafila.record.ExactJsonConverter");
                        },
                        letter -> {
                            assertThat(letter.value())
                                    .isEqualTo(utf8("{\"status\":\"paid\",\"card\":\"4713\",\"amount\":\"many\"}"));
                            assertThat(header(letter.headers(), "stage")).isEqualTo("TRANSFORMATION");
                            assertThat(header(letter.headers(), "class.name"))
                                    .isEqualTo("org.apache.kafka.connect.transforms.Cast$Value");
                            assertThat(header(letter.headers(), "exception.message"))
                                    .doesNotContain("many");
                        });
        Ledger.Entry entry = entry();
        assertThat(List.of(entry.delivered(), entry.filtered(), entry.deadLettered()))
                .containsExactly(2L, 1L, 2L);
        assertThat(entry.balanced()).isTrue();
    }

    @Test
    void aFilterLeavesTheBytesOfAnEventAsTheyAre() throws Exception {
        run(Map.of(
                "kafila.lambda.format", "esm",
                "kafila.lambda.filter", "{\"value\":{\"status\":[{\"prefix\":\"pa\"}]},\"key\":[\"k\"]}"));

        send("{ \"status\" : \"paid\", \"amount\" : 1.10 }");
        send("{\"status\":\"open\"}");

        await().until(() -> committed() == 2);
        assertThat(function.delivered()).singleElement().satisfies(event -> assertThat(
                        tree(event).findValue("value").binaryValue())
                .isEqualTo(utf8("{ \"status\" : \"paid\", \"amount\" : 1.10 }")));
        assertThat(entry().filtered()).isEqualTo(1);
    }

    @Test
    void aBatchOfWhichNothingIsWantedIsCommittedWithoutACall() throws Exception {
        run(Map.of("kafila.lambda.filter", "{\"topic\":[\"another\"]}"));

        send("a");
        send("b");

        await().until(() -> committed() == 2);
        assertThat(function.count()).isZero();
        assertThat(entry().filtered()).isEqualTo(2);
        assertThat(entry().balanced()).isTrue();
    }

    @Test
    void whileARegistryIsAwayRecordsWaitAndNoneIsGivenUp() throws Exception {
        AwayConverter.away(topic);
        run(Map.of(
                "kafila.lambda.value-converter",
                AwayConverter.class.getName(),
                "kafila.lambda.value-converter.registry",
                topic,
                "kafila.lambda.on-failure",
                "dead-letter",
                "kafila.lambda.dead-letter",
                "kafka:" + deadLetters,
                "kafila.lambda.max-attempts",
                "1",
                "kafila.lambda.retry-delay-max",
                "100ms"));

        send("a");
        send("b");
        await().until(() -> AwayConverter.asked(topic) > 5);

        assertThat(Workplace.get(application, "/observe/health").body())
                .contains("registry " + topic + " cannot be reached");
        assertThat(Workplace.get(application, "/observe/health").statusCode()).isEqualTo(503);
        assertThat(Workplace.get(application, "/observe/health/live").statusCode())
                .isEqualTo(200);
        assertThat(committed()).isLessThan(1);
        assertThat(function.count()).isZero();
        assertThat(broker.records(deadLetters)).isEmpty();

        AwayConverter.back(topic);

        await().until(() -> committed() == 2);
        assertThat(values()).containsExactly("a", "b");
        await().until(() -> Workplace.get(application, "/observe/health").statusCode() == 200);
        assertThat(entry().delivered()).isEqualTo(2);
        assertThat(broker.records(deadLetters)).isEmpty();
    }

    @Test
    void stoppingWhileARegistryIsAwayIsQuickAndSettlesNothing() throws Exception {
        AwayConverter.away(topic);
        run(Map.of(
                "kafila.lambda.value-converter",
                AwayConverter.class.getName(),
                "kafila.lambda.value-converter.registry",
                topic,
                "kafila.lambda.on-failure",
                "drop",
                "kafila.lambda.retry-delay",
                "60s"));
        send("a");
        await().until(() -> AwayConverter.asked(topic) == 1);

        long start = System.nanoTime();
        application.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(committed()).isLessThan(1);
    }

    @Test
    void parametersOfAUsersOwnRouteArriveAsTheyAreWritten() throws Exception {
        settings.remove("kafila.lambda.topics");
        new Workplace(directory).routes("own", """
                - route:
                    id: own
                    routeConfigurationId: "delivery-failures,lambda-dead-letters"
                    from:
                      uri: kamelet:kafila-kafka-source
                      parameters:
                        topics: %1$s
                        group: %1$s
                        brokers: %2$s
                        linger: 0ms
                      steps:
                        - to:
                            uri: kamelet:kafila-lambda-sink
                            parameters:
                              function: on-order
                              format: plain
                              endpoint: %3$s
                              region: eu-west-1
                              accessKeyId: AKIDEXAMPLE
                              secretAccessKey: secret
                              valueConverter: json
                              filter: |
                                RAW({"value": {"rate": ["5 %% + 1 & more = 6?", "b#c"]},
                                 "key": [{"anything-but": {"prefix": "x"}}]})
                              connectProperties: |
                                RAW({"transforms": "add,rename",
                                 "transforms.add.type": "org.apache.kafka.connect.transforms.InsertField$Value",
                                 "transforms.add.static.field": "note",
                                 "transforms.add.static.value": "1+1 & 100%%20 {x}",
                                 "transforms.rename.type": "org.apache.kafka.connect.transforms.RegexRouter",
                                 "transforms.rename.regex": "(.+)-([0-9]+)",
                                 "transforms.rename.replacement": "$1"})
                """.formatted(topic, broker.bootstrapServers(), aws.endpoint()));
        run(Map.of());

        send("{\"rate\":\"5 % + 1 & more = 6?\"}");
        send("{\"rate\":\"b#c\"}");
        send("{\"rate\":\"other\"}");

        await().until(() -> committed() == 3);
        assertThat(values())
                .containsExactly(
                        "{rate=5 % + 1 & more = 6?, note=1+1 & 100%20 {x}}", "{rate=b#c, note=1+1 & 100%20 {x}}");
        assertThat(tree(function.delivered().get(0)).findValue("topic").asText())
                .isEqualTo("records");
    }

    @Test
    void aPatternThatIsNoneStopsTheStartWithItsNameAndWhatTheEngineSays() {
        assertThatThrownBy(() -> run(Map.of("kafila.lambda.filter", "{\"value\":[{\"prefx\":\"a\"}]}")))
                .hasStackTraceContaining("kafila.lambda.filter: not an EventBridge pattern: Unrecognized match type");
    }

    @Test
    void aTransformThatIsNotRightStopsTheStartWithTheNameOfItsOption() {
        assertThatThrownBy(() -> run(Map.of(
                        "kafila.lambda.transforms", "mask",
                        "kafila.lambda.transforms.mask.type", "org.apache.kafka.connect.transforms.MaskField$Value",
                        "kafila.lambda.transforms.mask.feilds", "card")))
                .hasStackTraceContaining("kafila.lambda.transforms.mask.fields");
    }

    private void run(Map<String, String> more) throws Exception {
        settings.putAll(more);
        application = new Workplace(directory).start(settings);
    }

    private void send(String value) {
        var unused = broker.producer().send(new ProducerRecord<>(topic, 0, utf8("k"), utf8(value)));
        broker.producer().flush();
    }

    /** The members of a map's text. */
    private static String[] fields(String map) {
        return map.substring(1, map.length() - 1).split(", ");
    }

    private List<String> values() {
        return function.delivered().stream()
                .flatMap(invocation -> tree(invocation).findValuesAsText("value").stream())
                .toList();
    }

    private static JsonNode tree(Invocation invocation) {
        try {
            return JSON.readTree(invocation.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader("__connect.errors." + name).value(), StandardCharsets.UTF_8);
    }

    private Ledger.Entry entry() {
        return Ledger.of(application.camelContext()).entries().stream()
                .filter(entry -> entry.topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    private long committed() {
        return broker.committed(topic).getOrDefault(new TopicPartition(topic, 0), -1L);
    }
}
