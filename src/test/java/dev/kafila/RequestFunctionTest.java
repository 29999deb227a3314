package dev.kafila;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.batch.SharedBroker;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import dev.kafila.settings.FunctionSettings;
import dev.kafila.settings.SettingsException;
import dev.kafila.settings.Sources;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row of the contract's table through the function as Lambda calls it, against a broker and a registry. */
@Timeout(120)
@ExtendWith(SharedBroker.class)
class RequestFunctionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REGISTRY = "shop";
    private static final String SCHEMA = """
        syntax = "proto3";
        package shop;
        message Order {
          int32 id = 1;
          string name = 2;
          Kind kind = 3;
          bytes seal = 4;
        }
        enum Kind { UNKNOWN = 0; GIFT = 1; }
        """;
    /** {@code id: 7, name: "zoe"}, and nothing in front of it. */
    private static final String SEVEN_ZOE = "0807" + "12037a6f65";

    private static int number;

    private final String topic = "requests-" + number++;
    private final SandboxBroker broker;

    private SandboxAws aws;
    private RequestFunction function;

    RequestFunctionTest(SandboxBroker broker) {
        this.broker = broker;
    }

    @BeforeEach
    void start() {
        aws = SandboxAws.start();
        aws.schemas().create(REGISTRY, topic, "PROTOBUF");
        aws.schemas().register(topic, SCHEMA);
    }

    @AfterEach
    void stop() throws Exception {
        if (function != null) {
            function.close();
        }
        aws.close();
    }

    @Test
    void aRequestIsAnsweredWhenItsRecordIsInTheTopic() throws Exception {
        broker.createTopic(topic, 1);
        function(Map.of());

        JsonNode answer = invoke("""
            {"body":{"id":7,"name":"zoe"},"topicName":"%s","key":"k=1","headers":{"trace":"é"}}\
            """);

        assertThat(answer.toString()).isEqualTo("{\"statusCode\":\"200\",\"message\":\"ok\"}");
        assertThat(broker.records(topic)).singleElement().satisfies(record -> {
            assertThat(record.value()).asHexString().isEqualToIgnoringCase(SEVEN_ZOE);
            assertThat(record.key()).asString().isEqualTo("k=1");
            assertThat(record.headers()).singleElement().satisfies(header -> {
                assertThat(header.key()).isEqualTo("trace");
                assertThat(header.value()).asString().isEqualTo("é");
            });
        });
    }

    @Test
    void whoWantsToKnowIsToldWhereTheRecordIs() throws Exception {
        broker.createTopic(topic, 1);
        function(Map.of());

        assertThat(invoke("{\"body\":{\"id\":7},\"topicName\":\"%s\",\"verbose\":true}")
                        .toString())
                .isEqualTo("{\"statusCode\":\"200\",\"message\":\"ok\",\"topic\":\"" + topic
                        + "\",\"partition\":0,\"offset\":0}");
    }

    @Test
    void textForANumberAndNullForAnAbsentFieldAreTaken() throws Exception {
        broker.createTopic(topic, 1);
        function(Map.of());

        invoke(
                "{\"body\":{\"id\":\"7\",\"name\":\"zoe\",\"kind\":null},\"topicName\":\"%s\",\"key\":null,\"headers\":null}");

        assertThat(broker.records(topic))
                .singleElement()
                .satisfies(record -> assertThat(record.value()).asHexString().isEqualToIgnoringCase(SEVEN_ZOE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"topicName\":\"%s\"}",
                "{\"body\":{},\"topicName\":\"%s\"}",
                "{\"body\":null,\"topicName\":\"%s\"}",
                "{\"body\":{\"id\":7}}",
                "{\"body\":{\"id\":7},\"topicName\":\"\"}",
                "{}"
            })
    void aRequestWithoutBodyOrTopicIsAnswered400(String request) throws Exception {
        broker.createTopic(topic, 1);
        function(Map.of());

        assertThat(invoke(request).toString())
                .isEqualTo("{\"statusCode\":\"400\",\"message\":\"body and topicName can not be empty or null\"}");
        assertThat(broker.records(topic)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":7,\"colour\":\"red\"} | colour",
                "{\"id\":\"seven\"}            | id",
                "{\"id\":2147483648}           | id",
                "{\"kind\":\"THEFT\"}          | kind",
                "{\"seal\":\"~~~\"}            | seal"
            })
    void aBodyThatDoesNotFitItsSchemaIsAnswered400WithTheField(String body, String field) throws Exception {
        broker.createTopic(topic, 1);
        function(Map.of());

        JsonNode answer = invoke("{\"body\":" + body + ",\"topicName\":\"%s\"}");

        assertThat(answer.path("statusCode").textValue()).isEqualTo("400");
        assertThat(answer.path("message").textValue())
                .startsWith("Can not serialize input json " + body + " using schema ")
                .contains("Order")
                .containsPattern("\\b" + field + "\\b[^}]*$");
        assertThat(broker.records(topic)).isEmpty();
    }

    @Test
    void aHeaderThatIsNoTextIsAnswered400() throws Exception {
        broker.createTopic(topic, 1);
        function(Map.of());

        JsonNode answer = invoke("{\"body\":{\"id\":7},\"topicName\":\"%s\",\"headers\":{\"count\":1}}");

        assertThat(answer.path("statusCode").textValue()).isEqualTo("400");
        assertThat(answer.path("message").textValue()).contains("count");
        assertThat(broker.records(topic)).isEmpty();
    }

    @Test
    void aTopicThatIsNotListedIsAnswered400() throws Exception {
        function(Map.of());

        JsonNode answer = invoke("{\"body\":{\"id\":7},\"topicName\":\"other\"}");

        assertThat(answer.path("statusCode").textValue()).isEqualTo("400");
        assertThat(answer.path("message").textValue()).contains("other");
    }

    @Test
    void aSchemaThatIsNotInTheRegistryIsAnswered400WithBothNames() throws Exception {
        aws.schemas().delete(topic);
        function(Map.of());

        JsonNode answer = invoke("{\"body\":{\"id\":7},\"topicName\":\"%s\"}");

        assertThat(answer.path("statusCode").textValue()).isEqualTo("400");
        assertThat(answer.path("message").textValue()).contains(topic, REGISTRY);
    }

    @Test
    void aTopicThatIsMissingIsAnswered500() throws Exception {
        function(Map.of());

        assertFailed(invoke("{\"body\":{\"id\":7},\"topicName\":\"%s\"}"), "there is no topic " + topic);
    }

    @Test
    void aTopicThatMayNotBeWrittenIsAnswered500() throws Exception {
        broker.createTopic(topic, 1);
        broker.denyWrites(topic);
        function(Map.of());

        assertFailed(invoke("{\"body\":{\"id\":7},\"topicName\":\"%s\"}"), "may not write");
        assertThat(broker.records(topic)).isEmpty();
    }

    @Test
    void aRecordThatIsTooLargeIsAnswered500() throws Exception {
        broker.createTopic(topic, 1, Map.of("max.message.bytes", "1000"));
        function(Map.of());

        String request = "{\"body\":{\"name\":\"" + "x".repeat(2000) + "\"},\"topicName\":\"%s\"}";

        assertFailed(invoke(request), "too large");
        assertThat(broker.records(topic)).isEmpty();
    }

    @Test
    void aBrokerThatStopsMeanwhileIsAnswered500AndServesAgainLater() throws Exception {
        try (SandboxBroker own = SandboxBroker.start()) {
            own.createTopic(topic, 1);
            function(Map.of("KAFKA_BOOTSTRAP_SERVERS", own.bootstrapServers(), "KAFILA_GATEWAY_TIMEOUT", "2s"));
            assertThat(invoke("{\"body\":{\"id\":1},\"topicName\":\"%s\"}").toString())
                    .contains("200");

            own.stop();
            assertFailed(invoke("{\"body\":{\"id\":2},\"topicName\":\"%s\"}"), topic);
            own.restart();

            JsonNode answer = invoke("{\"body\":{\"id\":3},\"topicName\":\"%s\",\"verbose\":true}");
            assertThat(answer.path("statusCode").textValue()).isEqualTo("200");
            List<ConsumerRecord<byte[], byte[]>> records = own.records(topic);
            assertThat(records.get(answer.path("offset").asInt()).value())
                    .asHexString()
                    .isEqualTo("0803");
        }
    }

    @Test
    void whatWasAnswered200IsInTheTopicWhenTheBrokerStopsMeanwhile() throws Exception {
        try (SandboxBroker own = SandboxBroker.start()) {
            own.createTopic(topic, 1);
            function(Map.of("KAFKA_BOOTSTRAP_SERVERS", own.bootstrapServers(), "KAFILA_GATEWAY_TIMEOUT", "4s"));
            String batch = IntStream.range(0, 200)
                    .mapToObj(i -> "{\"body\":{\"id\":" + (i + 1) + "},\"topicName\":\"%s\"}")
                    .collect(Collectors.joining(",", "[", "]"));
            assertThat(invoke(batch).findValuesAsText("statusCode")).containsOnly("200");

            CompletableFuture<JsonNode> meanwhile = CompletableFuture.supplyAsync(() -> invoked(batch));
            own.stop();
            List<String> statuses = meanwhile.join().findValuesAsText("statusCode");
            own.restart();

            assertThat(statuses).hasSize(200).containsAnyOf("200", "500").doesNotContain("400");
            assertThat(own.records(topic)).hasSizeGreaterThanOrEqualTo(200 + Collections.frequency(statuses, "200"));
        }
    }

    @Test
    void anArrayIsAnsweredByAnArray() throws Exception {
        broker.createTopic(topic, 1);
        function(Map.of());

        JsonNode answers =
                invoke("[{\"body\":{\"id\":7},\"topicName\":\"%1$s\"},{\"body\":{\"no\":7},\"topicName\":\"%1$s\"}]");

        assertThat(answers.findValuesAsText("statusCode")).containsExactly("200", "400");
        assertThat(broker.records(topic)).hasSize(1);
    }

    @Test
    void whatIsNoJsonIsAnswered400() throws Exception {
        function(Map.of());

        assertThat(invoke("{\"body\":").path("statusCode").textValue()).isEqualTo("400");
    }

    @Test
    void anAnswerComesBeforeLambdaEndsTheInvocation() throws Exception {
        broker.createTopic(topic, 1);
        function(Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1", "KAFILA_GATEWAY_TIMEOUT", "2s"));

        String one = "{\"body\":{\"id\":7},\"topicName\":\"%s\"}".formatted(topic);
        String answers = new Invocation(Duration.ofMillis(600)).of(function, "[" + one + "," + one + "]");

        assertThat(JSON.readTree(answers))
                .hasSize(2)
                .allSatisfy(answer -> assertFailed(answer, "was not written to within"));
    }

    @Test
    void allInvocationsShareTheProducerAndTheSchemaOfTheStart() throws Exception {
        broker.createTopic(topic, 1);
        broker.producer();
        long before = producers();
        function(Map.of());
        assertThat(aws.schemas().count()).isEqualTo(1);
        assertThat(producers() - before).isEqualTo(1);

        for (int i = 1; i <= 20; i++) {
            invoke("{\"body\":{\"id\":" + i + "},\"topicName\":\"%s\"}");
        }

        assertThat(broker.records(topic)).hasSize(20);
        assertThat(aws.schemas().count()).isEqualTo(1);
        assertThat(producers() - before).isEqualTo(1);
    }

    @Test
    void aFunctionThatIsNotToldWhereToWriteDoesNotStart() {
        assertThatThrownBy(() -> start(Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("KAFILA_GATEWAY_TOPICS")
                .hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS");
    }

    @Test
    void aFunctionWhoseRouteCannotStartSaysWhy() {
        assertThatThrownBy(() -> function(Map.of("CAMEL_COMPONENT_KAFKA_NO_SUCH_OPTION", "1")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("camel.component.kafka.noSuchOption");
    }

    private void function(Map<String, String> more) throws Exception {
        Map<String, String> variables = new HashMap<>(Map.of(
                "REGION",
                "eu-west-1",
                "GLUE_REGISTRY_NAME",
                REGISTRY,
                "KAFKA_BOOTSTRAP_SERVERS",
                broker.bootstrapServers(),
                "KAFILA_KAFKA_SECURITY_PROTOCOL",
                "PLAINTEXT",
                "KAFILA_GATEWAY_TOPICS",
                topic,
                "KAFILA_AWS_ENDPOINT",
                aws.endpoint().toString(),
                "KAFILA_AWS_ACCESS_KEY_ID",
                "AKIDEXAMPLE",
                "KAFILA_AWS_SECRET_ACCESS_KEY",
                "secret"));
        variables.putAll(more);
        function = start(variables);
    }

    private static RequestFunction start(Map<String, String> variables) throws Exception {
        return new RequestFunction(FunctionSettings.load(new Sources(Map.of(), variables, Map.of(), Map.of())));
    }

    private JsonNode invoke(String request) throws Exception {
        return JSON.readTree(
                new Invocation().of(function, request.replace("%1$s", topic).replace("%s", topic)));
    }

    private JsonNode invoked(String request) {
        try {
            return invoke(request);
        } catch (Exception e) {
            throw new IllegalStateException("The function failed", e);
        }
    }

    private static void assertFailed(JsonNode answer, String reason) {
        assertThat(answer.path("statusCode").textValue()).isEqualTo("500");
        assertThat(answer.path("message").textValue())
                .startsWith("Error message: ")
                .contains(reason);
    }

    private static long producers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kafka-producer-network-thread"))
                .count();
    }
}
