package dev.kafila.mapping.destination;

import static dev.kafila.mapping.destination.MappingFlow.FUNCTION;
import static dev.kafila.record.TestRecords.record;
import static dev.kafila.record.TestRecords.records;
import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.failure.Pending;
import dev.kafila.lambda.TestLease;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.Invocation;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A topic on the mapping's own cluster as its destination. */
@Timeout(60)
class KafkaDestinationTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static SandboxBroker broker;
    private static int topics;

    private final SandboxAws aws = SandboxAws.start();
    private final TestLease lease = new TestLease();
    private final String topic = "failures-" + topics++;
    private final MappingFlow flow = MappingFlow.to(aws, "kafka://" + topic).on(broker);

    @BeforeAll
    static void startBroker() {
        broker = SandboxBroker.start();
    }

    @AfterAll
    static void closeBroker() {
        broker.close();
    }

    @AfterEach
    void close() {
        flow.close();
        lease.close();
        aws.close();
    }

    @Test
    void eachRecordIsToldByItselfWithItsKeyAndTheEventThatHoldsIt() throws Exception {
        broker.createTopic(topic, 1);
        flow.start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));

        assertOutcomes(
                deliver(List.of(record(7, "é", "a"), record(8, null, utf8("b"), new RecordHeaders())), null),
                Outcomes.deadLettered(2));

        List<ConsumerRecord<byte[], byte[]>> told = broker.records(topic);
        assertThat(told).hasSize(2);
        assertThat(told.get(0).key()).isEqualTo(utf8("é"));
        assertThat(told.get(1).key()).isNull();
        Invocation last = aws.function(FUNCTION).received().get(1);
        String event =
                "{\"eventSource\":\"SelfManagedKafka\",\"bootstrapServers\":\"localhost:9092\",\"records\":{\"orders-0\":["
                        + "{\"topic\":\"orders\",\"partition\":0,\"offset\":7,\"timestamp\":1545084650987,\"timestampType\":\"CREATE_TIME\","
                        + "\"key\":\"w6k=\",\"value\":\"YQ==\",\"headers\":[]}]}}";
        String text = new String(told.get(0).value(), StandardCharsets.UTF_8);
        String time = JSON.readTree(text).path("timestamp").asText();
        assertThat(text)
                .isEqualTo("{\"requestContext\":{\"requestId\":\"" + last.requestId()
                        + "\",\"functionArn\":\"arn:aws:lambda:eu-west-1:123456789012:function:orders\","
                        + "\"condition\":\"RetriesExhausted\",\"approximateInvokeCount\":2},"
                        + "\"responseContext\":{\"statusCode\":200,\"executedVersion\":\"$LATEST\",\"functionError\":\"Unhandled\"},"
                        + "\"version\":\"1.0\",\"timestamp\":\"" + time + "\","
                        + "\"KafkaBatchInfo\":{\"batchSize\":1,\"bootstrapServers\":\"localhost:9092\",\"payloadSize\":"
                        + event.length()
                        + ",\"recordInfo\":{\"offset\":\"7\",\"timestamp\":\"2018-12-17T22:10:50.987Z\"}},"
                        + "\"payload\":" + event + "}");
        assertThat(JSON.readTree(told.get(1).value()).at("/payload/records/orders-0"))
                .hasSize(1);
    }

    @Test
    void aTopicThatMayNotBeWrittenStopsThePartitionAndGetsEachRecordOnceWhenItMay() throws Exception {
        broker.createTopic(topic, 1);
        broker.denyWrites(topic);
        flow.start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));

        Exchange refused = deliver(records("a", "b"), null);

        assertThat(refused.getException())
                .isInstanceOfSatisfying(PartitionStopException.class, stop -> assertThat(stop.isProbe())
                        .isTrue())
                .hasMessageContaining("kafka://" + topic)
                .hasMessageContaining("TopicAuthorizationException");
        broker.allowWrites(topic);

        assertOutcomes(deliver(records("a", "b"), Pending.of(refused)), Outcomes.deadLettered(2));
        assertThat(broker.records(topic)).hasSize(2);
        assertThat(aws.function(FUNCTION).count()).isEqualTo(2);
    }

    @Test
    void aRecordThatTheTopicDoesNotTakeWithItsEventIsToldWithoutIt() throws Exception {
        broker.createTopic(topic, 1, Map.of("max.message.bytes", "2000"));
        flow.start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));

        assertOutcomes(deliver(records("a", "x".repeat(3000), "c"), null), Outcomes.deadLettered(3));

        assertThat(broker.records(topic))
                .extracting(told -> JSON.readTree(told.value()))
                .extracting(told -> told.at("/KafkaBatchInfo/recordInfo/offset").asText(), told -> told.has("payload"))
                .containsExactlyInAnyOrder(tuple("0", true), tuple("1", false), tuple("2", true));
    }

    @Test
    void whatIsTooLargeForAnEventSaysSoHereToo() throws Exception {
        broker.createTopic(topic, 1);
        flow.with("payloadLimit", "2000").start();

        assertOutcomes(deliver(records("x".repeat(3000)), null), Outcomes.deadLettered(1));

        JsonNode told = JSON.readTree(broker.records(topic).get(0).value());
        assertThat(told.at("/requestContext/condition").asText()).isEqualTo("MaximumPayloadSizeExceeded");
        assertThat(told.at("/payload/records/orders-0")).hasSize(1);
    }

    @Test
    void nothingIsToldToTheTopicThatItCameFrom() throws Exception {
        broker.createTopic(topic, 1);
        flow.start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));
        ConsumerRecord<byte[], byte[]> own = new ConsumerRecord<>(topic, 0, 0, utf8("k"), utf8("v"));

        Exchange exchange = deliver(List.of(own), null);

        assertThat(exchange.getException())
                .isInstanceOfSatisfying(PartitionStopException.class, stop -> assertThat(stop.isProbe())
                        .isFalse())
                .hasMessageContaining("name another destination");
        assertThat(broker.records(topic)).isEmpty();
    }

    private Exchange deliver(List<ConsumerRecord<byte[], byte[]>> records, Pending pending) throws Exception {
        return flow.deliver(lease, records, pending);
    }

    private static void assertOutcomes(Exchange exchange, Outcomes expected) {
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getProperty(BatchConstants.OUTCOMES)).isEqualTo(expected);
    }
}
