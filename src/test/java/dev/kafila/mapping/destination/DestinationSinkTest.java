package dev.kafila.mapping.destination;

import static dev.kafila.mapping.destination.MappingFlow.FUNCTION;
import static dev.kafila.record.TestRecords.TIME;
import static dev.kafila.record.TestRecords.record;
import static dev.kafila.record.TestRecords.records;
import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.Outcomes;
import dev.kafila.failure.Poisonable;
import dev.kafila.lambda.TestLease;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.Invocation;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.StoredObject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a destination of AWS gets, from the function's answer to the bytes on the wire. */
@Timeout(60)
class DestinationSinkTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUEUE = "arn:aws:sqs:us-east-1:123456789012:failures";
    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:failures";
    private static final String BUCKET = "arn:aws:s3:::failures";
    private static final String NUMBERS = "[0-9a-f-]{36}";

    private final SandboxAws aws = SandboxAws.start();
    private final TestLease lease = new TestLease();
    private MappingFlow flow;

    @AfterEach
    void close() {
        flow.close();
        lease.close();
        aws.close();
    }

    @Test
    void aQueueGetsOneRecordForWhatFailedTogether() throws Exception {
        flow = MappingFlow.to(aws, QUEUE).start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));

        assertOutcomes(deliver(records("a", "b", "c")), Outcomes.deadLettered(3));

        Invocation last = aws.function(FUNCTION).received().get(1);
        String told = aws.queues().in("failures").get(0).body();
        assertThat(aws.queues().in("failures")).hasSize(1);
        assertThat(told)
                .isEqualTo("{\"requestContext\":{\"requestId\":\"" + last.requestId()
                        + "\",\"functionArn\":\"arn:aws:lambda:eu-west-1:123456789012:function:orders\","
                        + "\"condition\":\"RetryAttemptsExhausted\",\"approximateInvokeCount\":2},"
                        + "\"responseContext\":{\"statusCode\":200,\"executedVersion\":\"$LATEST\",\"functionError\":\"Unhandled\"},"
                        + "\"version\":\"1.0\",\"timestamp\":\"" + time(told) + "\","
                        + "\"KafkaBatchInfo\":{\"batchSize\":3,\"bootstrapServers\":\"localhost:9092\",\"payloadSize\":"
                        + last.payload().asByteArray().length
                        + ",\"recordsInfo\":{\"orders-0\":{\"firstRecordOffset\":\"0\",\"lastRecordOffset\":\"2\","
                        + "\"firstRecordTimestamp\":\"2018-12-17T22:10:50.987Z\","
                        + "\"lastRecordTimestamp\":\"2018-12-17T22:10:50.987Z\"}}}}");
        assertThat(Instant.parse(time(told))).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(aws.queues().in("failures").get(0).account()).isEqualTo("123456789012");
        assertThat(aws.queues().in("failures").get(0).signature().region()).isEqualTo("us-east-1");
    }

    @Test
    void aTopicOfSnsGetsTheSame() throws Exception {
        flow = MappingFlow.to(aws, TOPIC).start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Handled"));

        assertOutcomes(deliver(records("a", "b")), Outcomes.deadLettered(2));

        JsonNode told = JSON.readTree(aws.topics().in("failures").get(0).body());
        assertThat(told.at("/responseContext/functionError").asText()).isEqualTo("Handled");
        assertThat(told.at("/KafkaBatchInfo/batchSize").asInt()).isEqualTo(2);
        assertThat(told.has("payload")).isFalse();
        assertThat(aws.topics().in("failures")).hasSize(1);
    }

    @Test
    void aBucketGetsTheEventAsTextToo() throws Exception {
        flow = MappingFlow.to(aws, BUCKET).start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));

        assertOutcomes(deliver(records("a", "é")), Outcomes.deadLettered(2));

        Map.Entry<String, StoredObject> stored =
                aws.buckets().objects("failures").entrySet().iterator().next();
        JsonNode told = JSON.readTree(stored.getValue().text());
        assertThat(told.path("payload").textValue())
                .isEqualTo(aws.function(FUNCTION).received().get(1).text());
        assertThat(names(told))
                .containsExactly(
                        "requestContext", "responseContext", "version", "timestamp", "KafkaBatchInfo", "payload");
        assertThat(stored.getValue().contentType()).isEqualTo("application/json");
        String time = told.path("timestamp").asText();
        assertThat(stored.getKey())
                .matches("aws/lambda/" + MappingFlow.UUID + "/orders-0/"
                        + time.substring(0, 10).replace('-', '/') + "/"
                        + time.substring(0, 19).replace(":", "\\.") + "-" + NUMBERS);
    }

    @Test
    void theEventIsTheOneThatTheFunctionGotAlsoWhereRecordsAreDecoded() throws Exception {
        flow = MappingFlow.to(aws, BUCKET).with("valueConverter", "json").start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));

        deliver(records("{ \"a\" : 1 }", "2"));

        String event = aws.function(FUNCTION).received().get(1).text();
        assertThat(JSON.readTree(event).at("/records/orders-0/0/value").binaryValue())
                .isEqualTo(utf8("{\"a\":1}"));
        assertThat(stored().path("payload").textValue()).isEqualTo(event);
    }

    @Test
    void aClusterOfMskIsNamedByItsArn() throws Exception {
        String arn = "arn:aws:kafka:us-east-1:123456789012:cluster/orders/751d2973-2";
        flow = MappingFlow.to(aws, BUCKET).ofCluster(arn).start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));

        deliver(records("a"));

        JsonNode told = stored();
        assertThat(told.at("/KafkaBatchInfo/eventSourceArn").asText()).isEqualTo(arn);
        assertThat(told.path("payload").asText()).contains("\"eventSourceArn\":\"" + arn + "\"");
    }

    @Test
    void whatIsTooLargeForAnEventWasNotAnsweredAndItsNeighboursAreDelivered() throws Exception {
        flow = MappingFlow.to(aws, BUCKET).with("payloadLimit", "2000").start();

        assertOutcomes(deliver(records("a", "x".repeat(3000), "c")), new Outcomes(2, 0, 0, 1));

        JsonNode told = stored();
        assertThat(told.at("/requestContext/condition").asText()).isEqualTo("MaximumPayloadSizeExceeded");
        assertThat(told.path("responseContext").isNull()).isTrue();
        assertThat(told.at("/requestContext/requestId").asText()).matches(NUMBERS);
        assertThat(told.at("/KafkaBatchInfo/payloadSize").asInt())
                .isGreaterThan(4000)
                .isEqualTo(told.path("payload").asText().length());
        assertThat(told.at("/KafkaBatchInfo/recordsInfo/orders-0/firstRecordOffset")
                        .asText())
                .isEqualTo("1");
    }

    @Test
    void whatLambdaFindsTooLargeIsTooLargeAsWell() throws Exception {
        flow = MappingFlow.to(aws, QUEUE).start();
        aws.function(FUNCTION).byDefault(Answer.status(413, "RequestTooLargeException"));

        assertOutcomes(deliver(records("a")), Outcomes.deadLettered(1));

        JsonNode told = queued(0);
        assertThat(told.at("/requestContext/condition").asText()).isEqualTo("MaximumPayloadSizeExceeded");
        assertThat(told.path("responseContext").isNull()).isTrue();
    }

    @Test
    void whatIsTooOldSaysSoAndThatNobodyWasAsked() throws Exception {
        flow = MappingFlow.to(aws, QUEUE).with("maxRecordAge", "1h").start();

        assertOutcomes(
                deliver(List.of(record(0, "k", "old"), at(1, System.currentTimeMillis()))), new Outcomes(1, 0, 0, 1));

        JsonNode told = queued(0);
        assertThat(told.at("/requestContext/condition").asText()).isEqualTo("RecordAgeExceeded");
        assertThat(told.at("/requestContext/approximateInvokeCount").asInt()).isZero();
        assertThat(told.path("responseContext").isNull()).isTrue();
    }

    @Test
    void whatIsTooOldAndNobodyWantsIsFilteredAndNotTold() throws Exception {
        flow = MappingFlow.to(aws, QUEUE)
                .with("maxRecordAge", "1h")
                .with("filter", "{\"value\":[\"wanted\"]}")
                .start();

        assertOutcomes(deliver(records("wanted", "unwanted")), new Outcomes(0, 1, 0, 1));

        assertThat(aws.queues().in("failures")).hasSize(1);
        assertThat(queued(0).at("/KafkaBatchInfo/batchSize").asInt()).isEqualTo(1);
    }

    @Test
    void aRecordWithoutATimestampIsToldWithoutOne() throws Exception {
        flow = MappingFlow.to(aws, QUEUE).start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));

        deliver(List.of(at(0, ConsumerRecord.NO_TIMESTAMP), record(1, "k", "b")));

        assertThat(names(queued(0).at("/KafkaBatchInfo/recordsInfo/orders-0")))
                .containsExactly("firstRecordOffset", "lastRecordOffset", "lastRecordTimestamp");
    }

    @Test
    void whatAFunctionNamesIsToldWithoutAnErrorOfTheFunction() throws Exception {
        flow = MappingFlow.to(aws, BUCKET)
                .with("reportBatchItemFailures", "true")
                .start();
        aws.function(FUNCTION)
                .byDefault(Answer.ok("{\"batchItemFailures\":["
                        + "{\"itemIdentifier\":{\"partition\":\"orders-0\",\"offset\":1}},"
                        + "{\"itemIdentifier\":{\"partition\":\"orders-0\",\"offset\":3}}]}"));

        assertOutcomes(deliver(records("a", "b", "c", "d", "e")), new Outcomes(3, 0, 0, 2));

        JsonNode told = stored();
        assertThat(told.path("responseContext").toString())
                .isEqualTo("{\"statusCode\":200,\"executedVersion\":\"$LATEST\"}");
        assertThat(told.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(2);
        assertThat(told.at("/KafkaBatchInfo/batchSize").asInt()).isEqualTo(2);
        assertThat(told.at("/KafkaBatchInfo/recordsInfo/orders-0/firstRecordOffset")
                        .asText())
                .isEqualTo("1");
        assertThat(told.at("/KafkaBatchInfo/recordsInfo/orders-0/lastRecordOffset")
                        .asText())
                .isEqualTo("3");
        assertThat(told.path("payload").asText())
                .isEqualTo(aws.function(FUNCTION).received().get(1).text());
    }

    @Test
    void whatFailedApartIsToldApart() throws Exception {
        flow = MappingFlow.to(aws, QUEUE).with("bisect", "true").start();
        aws.function(FUNCTION)
                .answersWhen(
                        invocation -> invocation.text().matches(".*\"offset\":[03].*"),
                        Answer.functionError("Unhandled"));

        assertOutcomes(deliver(records("a", "b", "c", "d")), new Outcomes(2, 0, 0, 2));

        assertThat(aws.queues().in("failures")).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(queued(i).at("/KafkaBatchInfo/batchSize").asInt()).isEqualTo(1);
            assertThat(queued(i).at("/requestContext/approximateInvokeCount").asInt())
                    .isEqualTo(2);
        }
    }

    @Test
    void aRecordThatCannotBeReadIsToldWithItsBytes() throws Exception {
        flow = MappingFlow.to(aws, BUCKET)
                .with("valueConverter", Poisonable.class.getName())
                .start();

        assertOutcomes(deliver(records("a", "poison")), new Outcomes(1, 0, 0, 1));

        JsonNode event = JSON.readTree(stored().path("payload").asText());
        assertThat(event.at("/records/orders-0/0/value").binaryValue()).isEqualTo(utf8("poison"));
        assertThat(event.at("/records/orders-0/0/offset").asInt()).isEqualTo(1);
    }

    @Test
    void whatFitsIntoNoEventHoldsNothingUpWhereThereIsNoDestination() throws Exception {
        flow = MappingFlow.to(aws, QUEUE)
                .with("onFailure", "retry")
                .with("onUnsendable", "drop")
                .with("payloadLimit", "2000")
                .start();
        aws.function(FUNCTION)
                .answersWhen(
                        invocation -> invocation.text().contains("\"offset\":0,"),
                        Answer.status(413, "RequestTooLargeException"));

        assertOutcomes(deliver(records("refused", "x".repeat(3000), "c")), new Outcomes(1, 0, 2, 0));

        assertThat(aws.queues().count()).isZero();
    }

    @Test
    void throttlingUsesUpNoAttemptAndEndsNowhere() throws Exception {
        flow = MappingFlow.to(aws, QUEUE).with("maxAttempts", "1").start();
        aws.function(FUNCTION)
                .answers(Answer.throttle(), Answer.status(503, "Unavailable"), Answer.reset(), Answer.throttle());

        assertOutcomes(deliver(records("a", "b")), Outcomes.delivered(2));

        assertThat(aws.function(FUNCTION).count()).isEqualTo(5);
        assertThat(aws.queues().count()).isZero();
    }

    private Exchange deliver(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        return flow.deliver(lease, records, null);
    }

    private static void assertOutcomes(Exchange exchange, Outcomes expected) {
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getProperty(BatchConstants.OUTCOMES)).isEqualTo(expected);
    }

    private JsonNode queued(int index) throws IOException {
        return JSON.readTree(aws.queues().in("failures").get(index).body());
    }

    private JsonNode stored() throws IOException {
        assertThat(aws.buckets().objects("failures")).hasSize(1);
        return JSON.readTree(
                aws.buckets().objects("failures").values().iterator().next().text());
    }

    private static String time(String told) throws IOException {
        return JSON.readTree(told).path("timestamp").asText();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static ConsumerRecord<byte[], byte[]> at(long offset, long timestamp) {
        ConsumerRecord<byte[], byte[]> usual = record(offset, "k", "v");
        assertThat(usual.timestamp()).isEqualTo(TIME);
        return new ConsumerRecord<>(
                "orders",
                0,
                offset,
                timestamp,
                timestamp < 0 ? TimestampType.NO_TIMESTAMP_TYPE : TimestampType.CREATE_TIME,
                usual.serializedKeySize(),
                usual.serializedValueSize(),
                usual.key(),
                usual.value(),
                new RecordHeaders(),
                Optional.empty());
    }
}
