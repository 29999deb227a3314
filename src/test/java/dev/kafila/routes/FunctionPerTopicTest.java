package dev.kafila.routes;

import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.Invocation;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One pipeline and several functions, from the setting, or from a route of a user's own, to what each function received. */
class FunctionPerTopicTest {
    private static SandboxBroker broker;
    private static int number;

    private final SandboxAws aws = SandboxAws.start();
    private final String prefix = "t" + number++;
    private final String orders = prefix + "-orders";
    private final String customers = prefix + "-customers";
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "kafila.kafka.brokers",
            broker.bootstrapServers(),
            "kafila.aws.endpoint",
            aws.endpoint().toString(),
            "kafila.aws.region",
            "eu-west-1",
            "kafila.aws.access-key-id",
            "AKIDEXAMPLE",
            "kafila.aws.secret-access-key",
            "secret",
            "kafila.lambda.topics",
            orders + "," + customers,
            "kafila.lambda.group",
            prefix,
            "kafila.lambda.linger",
            "0ms"));

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
        broker.createTopic(orders, 1);
        broker.createTopic(customers, 1);
    }

    @AfterEach
    void close() throws Exception {
        if (application != null) {
            application.close();
        }
        aws.close();
    }

    @Test
    void aMapSendsEachTopicToItsFunction() throws Exception {
        run(Map.of(
                "kafila.lambda.function",
                orders + "=arn:aws:lambda:eu-west-1:123456789012:function:on-order:live, *=on-others",
                "kafila.lambda.qualifier",
                "7"));

        send(orders);
        send(customers);

        assertThat(received("on-order").qualifier()).isEqualTo("live");
        assertThat(received("on-order").text()).contains("\"topic\":\"" + orders + "\"");
        assertThat(received("on-others").qualifier()).isEqualTo("7");
        assertThat(received("on-others").text()).contains("\"topic\":\"" + customers + "\"");
    }

    @Test
    void aTemplateSendsEachTopicToTheFunctionOfItsName() throws Exception {
        run(Map.of("kafila.lambda.function", "on-${topic}"));

        send(orders);
        send(customers);

        assertThat(received("on-" + orders).text()).contains("\"topic\":\"" + orders + "\"");
        assertThat(received("on-" + customers).text()).contains("\"topic\":\"" + customers + "\"");
    }

    @Test
    void aRouteOfAUsersOwnHasATemplateAndAMap() throws Exception {
        settings.keySet().removeIf(name -> name.startsWith("kafila.lambda."));
        new Workplace(directory).routes("own", """
                - route:
                    id: own
                    from:
                      uri: kamelet:kafila-kafka-source
                      parameters:
                        topics: "%s,%s"
                        group: "%s"
                        brokers: "%s"
                      steps:
                        - to:
                            uri: kamelet:kafila-lambda-sink
                            parameters:
                              function: "%s=on-order:live,*=on-${topic}"
                              endpoint: "%s"
                              region: eu-west-1
                              accessKeyId: AKIDEXAMPLE
                              secretAccessKey: secret
                """.formatted(
                        orders, customers, prefix, broker.bootstrapServers(), orders, aws.endpoint()));
        run(Map.of());

        send(orders);
        send(customers);

        assertThat(received("on-order").text()).contains("\"topic\":\"" + orders + "\"");
        assertThat(received("on-" + customers).text()).contains("\"topic\":\"" + customers + "\"");
    }

    @Test
    void aFailureNamesTheFunctionOfItsTopic() throws Exception {
        broker.createTopic(prefix + "-dlt", 1);
        aws.function("on-order").byDefault(Answer.status(400, "InvalidRequestContentException"));
        aws.function("on-others").byDefault(Answer.status(403, "AccessDeniedException"));
        run(Map.of(
                "kafila.lambda.function", orders + "=on-order,*=on-others",
                "kafila.lambda.on-failure", "dead-letter",
                "kafila.lambda.dead-letter", "kafka:" + prefix + "-dlt"));

        send(orders);
        send(customers);

        await().until(() -> committed(orders) == 1);
        assertThat(broker.records(prefix + "-dlt")).singleElement().satisfies(letter -> {
            assertThat(header(letter.headers().lastHeader("kafila.target").value()))
                    .isEqualTo("on-order");
            assertThat(header(letter.headers()
                            .lastHeader("__connect.errors.exception.message")
                            .value()))
                    .contains("on-order");
        });
        await().untilAsserted(() -> assertThat(
                        Workplace.get(application, "/observe/health").body())
                .contains("lambda-on-others-kafka-to-lambda", "Function on-others cannot be invoked"));
        assertThat(Workplace.get(application, "/observe/health").body())
                .contains("lambda-on-order-kafka-to-lambda")
                .doesNotContain("Function on-order cannot be invoked");
        assertThat(committed(customers)).isLessThan(1);
    }

    @Test
    void aTopicOfAPatternThatHasNoFunctionStopsAndWaitsInKafka() throws Exception {
        run(Map.of(
                "kafila.lambda.topics", "/" + prefix + "-.*/",
                "kafila.lambda.function", orders + "=on-order",
                "kafila.lambda.on-failure", "drop"));

        send(customers);
        send(orders);

        await().until(() -> committed(orders) == 1);
        await().untilAsserted(() -> assertThat(
                        Workplace.get(application, "/observe/health").body())
                .contains("Topic " + customers + " has no function: name one as"));
        assertThat(committed(customers)).isLessThan(1);
    }

    @Test
    void aTopicWhoseNameMakesNoFunctionStopsAndWaitsInKafka() throws Exception {
        String dotted = prefix + "-eu.orders";
        broker.createTopic(dotted, 1);
        run(Map.of("kafila.lambda.topics", "/" + prefix + "-.*/", "kafila.lambda.function", "on-${topic}"));

        send(dotted);
        send(orders);

        await().until(() -> committed(orders) == 1);
        await().untilAsserted(() -> assertThat(
                        Workplace.get(application, "/observe/health").body())
                .contains("on-" + dotted + " is not a name that Lambda allows"));
        assertThat(committed(dotted)).isLessThan(1);
    }

    private void run(Map<String, String> more) throws Exception {
        settings.putAll(more);
        application = new Workplace(directory).start(settings);
    }

    private static void send(String topic) {
        var unused = broker.producer().send(new ProducerRecord<>(topic, 0, utf8("k"), utf8("v")));
        broker.producer().flush();
    }

    private Invocation received(String function) {
        await().until(() -> aws.function(function).deliveredCount() == 1);
        return aws.function(function).delivered().get(0);
    }

    private long committed(String topic) {
        return broker.committed(prefix).getOrDefault(new TopicPartition(topic, 0), -1L);
    }

    private static String header(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
