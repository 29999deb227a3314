package dev.kafila.gateway.publish;

import static dev.kafila.gateway.publish.GatewayFlow.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.CodedInputStream;
import dev.kafila.batch.SharedBroker;
import dev.kafila.sandbox.SandboxBroker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the contract for what a sender gets right or wrong, by {@code direct:} against a real broker. */
@Timeout(60)
@ExtendWith(SharedBroker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestSinkTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOPIC = "gateway-orders";
    private static final String OTHER = "gateway-returns";
    private static final String BARE = "gateway-bare";

    private SandboxBroker broker;
    private GatewayFlow flow;
    private int before;

    @BeforeAll
    void start(SandboxBroker shared, @TempDir Path directory) throws Exception {
        broker = shared;
        broker.createTopic(TOPIC, 1);
        broker.createTopic(OTHER, 1);
        flow = new GatewayFlow(directory, broker.bootstrapServers())
                .topics(TOPIC, OTHER, BARE)
                .start();
        Files.delete(directory.resolve(BARE + ".proto"));
    }

    @AfterAll
    void stop() throws IOException {
        flow.close();
    }

    @BeforeEach
    void count() {
        before = end(TOPIC);
    }

    @Test
    void aRequestIsAnsweredWhenItsRecordIsInTheTopic() throws IOException {
        Exchange exchange = flow.send(order(TOPIC, 7).toString(), Map.of());

        assertThat(exchange.getMessage().getBody(String.class))
                .isEqualTo("{\"statusCode\":\"200\",\"message\":\"ok\"}");
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("CamelHttpResponseCode", 200);
        assertThat(written()).singleElement().satisfies(record -> {
            assertThat(id(record)).isEqualTo(7);
            assertThat(record.key()).isNull();
            assertThat(record.headers()).isEmpty();
        });
    }

    @Test
    void keyAndHeadersAreWrittenAsTheyAreInTheirOrder() {
        ObjectNode request = order(TOPIC, 1).put("key", "a-b=c é 😀");
        request.putObject("headers")
                .put("z", "1")
                .put("my-key", "a-b,c=d")
                .put("ü", "é😀")
                .put("empty", "");

        assertThat(flow.ask(request).path("statusCode").asText()).isEqualTo("200");

        ConsumerRecord<byte[], byte[]> record = written().get(0);
        assertThat(record.key()).isEqualTo("a-b=c é 😀".getBytes(StandardCharsets.UTF_8));
        assertThat(Arrays.stream(record.headers().toArray())
                        .map(header -> header.key() + ":" + new String(header.value(), StandardCharsets.UTF_8)))
                .containsExactly("z:1", "my-key:a-b,c=d", "ü:é😀", "empty:");
    }

    @Test
    void anEmptyKeyIsNoMissingKey() {
        flow.ask(order(TOPIC, 1).put("key", ""));

        assertThat(written().get(0).key()).isEmpty();
    }

    @Test
    void headersThatAreNullAreMissing() {
        assertThat(status(order(TOPIC, 1).putNull("headers").putNull("key"))).isEqualTo("200");
        assertThat(written()).hasSize(1);
    }

    @Test
    void aVerboseAnswerNamesThePlace() {
        JsonNode answer = flow.ask(order(TOPIC, 1).put("verbose", true));

        assertThat(answer)
                .hasToString("{\"statusCode\":\"200\",\"message\":\"ok\",\"topic\":\"" + TOPIC
                        + "\",\"partition\":0,\"offset\":" + before + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'topicName':'gateway-orders'}",
                "{'topicName':'gateway-orders','body':{}}",
                "{'topicName':'gateway-orders','body':null}",
                "{'body':{'id':1}}",
                "{'topicName':'','body':{'id':1}}"
            })
    void aBodyOrATopicThatIsMissingOrEmptyIsAnswered400(String request) {
        assertThat(flow.ask(request.replace('\'', '"')))
                .hasToString("{\"statusCode\":\"400\",\"message\":\"body and topicName can not be empty or null\"}");
        assertThat(written()).isEmpty();
    }

    @Test
    void aFieldThatTheSchemaDoesNotHaveIsAnswered400WithTheTextOfTheOriginal() {
        ObjectNode request = order(TOPIC, 1);
        request.withObject("/body").put("colour", "red");

        assertThat(flow.ask(request).path("message").asText())
                .startsWith("Can not serialize input json {\"id\":1,\"colour\":\"red\"} using schema shop.Order");
        assertThat(status(request)).isEqualTo("400");
        assertThat(written()).isEmpty();
    }

    @Test
    void aValueOfTheWrongTypeIsAnswered400() {
        ObjectNode request = order(TOPIC, 1);
        request.withObject("/body").put("id", "seven");

        assertThat(status(request)).isEqualTo("400");
        assertThat(written()).isEmpty();
    }

    @Test
    void theLeniencyOfTheOriginalIsKept() throws IOException {
        ObjectNode request = order(TOPIC, 1);
        request.withObject("/body").put("id", "7").putNull("name");

        assertThat(status(request)).isEqualTo("200");
        assertThat(id(written().get(0))).isEqualTo(7);
    }

    @Test
    void aHeaderThatIsNoStringIsAnswered400() {
        ObjectNode request = order(TOPIC, 1);
        request.putObject("headers").put("k", 1);

        assertThat(status(request)).isEqualTo("400");
        assertThat(written()).isEmpty();
    }

    @Test
    void aTopicThatIsNotListedIsAnswered400() {
        assertThat(flow.ask(order("gateway-secrets", 1)).path("message").asText())
                .isEqualTo("The topic gateway-secrets is not listed in kafila.gateway.topics");
    }

    @Test
    void whatIsNotJsonIsAnswered400() {
        Exchange exchange = flow.send("{\"body\":", Map.of());

        assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(400);
        assertThat(GatewayFlow.answer(exchange).path("statusCode").asText()).isEqualTo("400");
    }

    @Test
    void theBodyMayBeAnythingThatStandsForJson() {
        byte[] bytes = order(TOPIC, 1).toString().getBytes(StandardCharsets.UTF_8);
        List<Object> bodies = List.of(
                bytes,
                new String(bytes, StandardCharsets.UTF_8),
                new ByteArrayInputStream(bytes),
                Map.of("topicName", TOPIC, "body", Map.of("id", 1)),
                order(TOPIC, 1));

        assertThat(bodies).allSatisfy(body -> assertThat(status(body)).isEqualTo("200"));
        assertThat(written()).hasSize(bodies.size());
    }

    @Test
    void headersOfTheExchangeSteerNothingAndAreNotWritten() {
        Map<String, Object> headers = Map.of(
                KafkaConstants.OVERRIDE_TOPIC,
                OTHER,
                KafkaConstants.KEY,
                "steered",
                KafkaConstants.PARTITION_KEY,
                5,
                "CamelKafkaTopic",
                OTHER,
                "trace",
                "1");
        int others = end(OTHER);

        flow.send(order(TOPIC, 1), headers);

        assertThat(written()).singleElement().satisfies(record -> {
            assertThat(record.key()).isNull();
            assertThat(record.headers()).isEmpty();
        });
        assertThat(end(OTHER)).isEqualTo(others);
    }

    @Test
    void anArrayIsAnsweredByAnArrayAndOneBadItemHoldsUpNoOther() {
        ArrayNode batch = JSON.createArrayNode()
                .add(order(TOPIC, 1))
                .add(order("gateway-secrets", 2))
                .add(order(OTHER, 3))
                .add("no request")
                .add(order(TOPIC, 4));
        ((ObjectNode) batch.get(2).path("body")).put("id", "three");

        Exchange exchange = flow.send(batch, Map.of());

        assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(207);
        assertThat(GatewayFlow.answer(exchange))
                .extracting(answer -> answer.path("statusCode").asText())
                .containsExactly("200", "400", "400", "400", "200");
        assertThat(written()).extracting(RequestSinkTest::id).containsExactly(1, 4);
    }

    @Test
    void anArrayOfWhatIsPublishedIsAnswered200() {
        ArrayNode batch = JSON.createArrayNode().add(order(TOPIC, 1)).add(order(OTHER, 2));

        assertThat(flow.send(batch, Map.of()).getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE))
                .isEqualTo(200);
    }

    @Test
    void anArrayIsWrittenInItsOrder() {
        ArrayNode batch = JSON.createArrayNode();
        IntStream.range(0, 1000).forEach(i -> batch.add(order(TOPIC, i).put("key", "same")));

        assertThat(flow.ask(batch))
                .allSatisfy(
                        answer -> assertThat(answer.path("statusCode").asText()).isEqualTo("200"));

        assertThat(written())
                .extracting(RequestSinkTest::id)
                .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
    }

    @Test
    void aFieldOfANewerSchemaIsWrittenAsSoonAsItIsThere() throws IOException {
        ObjectNode request = order(OTHER, 1);
        request.withObject("/body").put("colour", "red");
        assertThat(status(order(OTHER, 1))).isEqualTo("200");

        flow.schema(OTHER, """
                syntax = "proto3";
                message Return { int32 id = 1; string colour = 7; }
                """);

        assertThat(status(request)).isEqualTo("200");
        List<ConsumerRecord<byte[], byte[]>> all = broker.records(OTHER);
        assertThat(all.get(all.size() - 1).value()).containsExactly(8, 1, 7 << 3 | 2, 3, 'r', 'e', 'd');
    }

    @Test
    void aTopicWithoutASchemaIsAnswered400() {
        assertThat(flow.ask(order(BARE, 1)).toString())
                .startsWith("{\"statusCode\":\"400\"")
                .contains(BARE);
    }

    @Test
    void theRestOfARouteRunsOnNoThreadOfKafkasClient() throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();
        flow.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:mine")
                        .to("direct:request-to-kafka")
                        .process(exchange -> threads.add(Thread.currentThread().getName()));
            }
        });

        flow.context().createProducerTemplate().requestBody("direct:mine", order(TOPIC, 1));

        assertThat(threads).singleElement().asString().contains("KafilaGateway[answers]");
    }

    private String status(Object request) {
        return flow.ask(request).path("statusCode").asText();
    }

    private int end(String topic) {
        return broker.endOffsets(topic).values().iterator().next().intValue();
    }

    private List<ConsumerRecord<byte[], byte[]>> written() {
        if (end(TOPIC) == before) {
            // Reading takes longer than asking.
            return List.of();
        }
        List<ConsumerRecord<byte[], byte[]>> all = broker.records(TOPIC);
        return new ArrayList<>(all.subList(before, all.size()));
    }

    private static int id(ConsumerRecord<byte[], byte[]> record) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(record.value());
            return in.readTag() == 8 ? in.readInt32() : 0;
        } catch (IOException e) {
            throw new AssertionError("The value is no message", e);
        }
    }
}
