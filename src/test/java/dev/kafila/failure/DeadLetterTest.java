package dev.kafila.failure;

import static dev.kafila.record.TestRecords.TIME;
import static dev.kafila.record.TestRecords.record;
import static dev.kafila.record.TestRecords.records;
import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.batch.BatchAbandonedException;
import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.lambda.LambdaFlow;
import dev.kafila.lambda.TestLease;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What becomes of records that cannot be delivered, from the function's answer to the bytes in the dead-letter topic. */
class DeadLetterTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Answer REFUSAL = Answer.status(400, "InvalidRequestContentException");

    private static SandboxBroker broker;
    private static int topics;

    private final SandboxAws aws = SandboxAws.start();
    private final TestLease lease = new TestLease();
    private final String topic = "dead-letters-" + topics++;
    private final LambdaFlow flow = LambdaFlow.to(aws)
            .with("format", "plain")
            .with("onFailure", "dead-letter")
            .deadLettersTo("kafka:" + topic + "?brokers=" + broker.bootstrapServers() + "&maxBlockMs=2000");

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
    void aDeadLetterIsTheRecordToTheLastByteAndTheReasonBehindIt() throws Exception {
        broker.createTopic(topic, 1);
        flow.start();
        aws.function(LambdaFlow.FUNCTION).byDefault(REFUSAL);
        RecordHeaders headers = new RecordHeaders();
        headers.add("b", utf8("1"));
        headers.add("a", new byte[] {-1, 0});
        headers.add("b", null);
        headers.add("CamelAwsLambdaOperation", utf8("deleteFunction"));
        byte[] value = {0, -2, -1};

        Exchange exchange = deliver(List.of(record(7, null, value, headers), record(8, utf8(""), null, headers)));

        assertOutcomes(exchange, Outcomes.deadLettered(2));
        List<ConsumerRecord<byte[], byte[]>> letters = broker.records(topic);
        assertThat(letters).hasSize(2).allSatisfy(letter -> {
            assertThat(letter.timestamp()).isEqualTo(TIME);
            assertThat(names(letter).subList(0, 4)).containsExactly("b", "a", "b", "CamelAwsLambdaOperation");
        });
        assertThat(letters.get(0).key()).isNull();
        assertThat(letters.get(0).value()).isEqualTo(value);
        assertThat(letters.get(0).headers().toArray()[1].value()).containsExactly(-1, 0);
        assertThat(letters.get(0).headers().toArray()[2].value()).isNull();
        assertThat(letters.get(1).key()).isEmpty();
        assertThat(letters.get(1).value()).isNull();
    }

    @Test
    void theHeadersSayWhereItCameFromAndWhyAndHowOften() throws Exception {
        broker.createTopic(topic, 1);
        flow.start();
        aws.function(LambdaFlow.FUNCTION).byDefault(Answer.functionError("Unhandled"));

        assertOutcomes(deliver(List.of(record(7, "k", "secret"))), Outcomes.deadLettered(1));

        ConsumerRecord<byte[], byte[]> letter = broker.records(topic).get(0);
        assertThat(names(letter))
                .containsExactly(
                        "__connect.errors.topic",
                        "__connect.errors.partition",
                        "__connect.errors.offset",
                        "__connect.errors.connector.name",
                        "__connect.errors.task.id",
                        "__connect.errors.stage",
                        "__connect.errors.class.name",
                        "__connect.errors.exception.class.name",
                        "__connect.errors.exception.message",
                        "__connect.errors.exception.stacktrace",
                        "kafila.error.kind",
                        "kafila.error.code",
                        "kafila.attempts",
                        "kafila.first.failure",
                        "kafila.last.failure",
                        "kafila.target",
                        "kafila.redrives");
        assertThat(header(letter, "__connect.errors.topic")).isEqualTo("orders");
        assertThat(header(letter, "__connect.errors.partition")).isEqualTo("0");
        assertThat(header(letter, "__connect.errors.offset")).isEqualTo("7");
        assertThat(header(letter, "__connect.errors.connector.name")).isEqualTo("orders-to-lambda");
        assertThat(header(letter, "__connect.errors.task.id")).matches(".+-0");
        assertThat(header(letter, "__connect.errors.stage")).isEqualTo("TASK_PUT");
        assertThat(header(letter, "kafila.error.kind")).isEqualTo("function error");
        assertThat(header(letter, "kafila.error.code")).isEqualTo("Unhandled");
        assertThat(header(letter, "kafila.attempts")).isEqualTo("3");
        assertThat(Instant.parse(header(letter, "kafila.first.failure")))
                .isBefore(Instant.parse(header(letter, "kafila.last.failure")));
        assertThat(header(letter, "kafila.target")).isEqualTo(LambdaFlow.FUNCTION);
        assertThat(header(letter, "kafila.redrives")).isEqualTo("0");
        assertThat(letter.headers()).allSatisfy(header -> assertThat(new String(header.value(), StandardCharsets.UTF_8))
                .doesNotContain("secret"));
    }

    @Test
    void aRecordThatComesBackFromItsDeadLetterTopicIsCountedAndDoesNotGrow() throws Exception {
        broker.createTopic(topic, 1);
        flow.start();
        aws.function(LambdaFlow.FUNCTION).byDefault(REFUSAL);
        RecordHeaders headers = new RecordHeaders();
        headers.add("own", utf8("1"));
        headers.add("kafila.redrives", utf8("2"));
        headers.add("__connect.errors.offset", utf8("99"));

        deliver(List.of(record(7, utf8("k"), utf8("v"), headers)));

        ConsumerRecord<byte[], byte[]> letter = broker.records(topic).get(0);
        assertThat(names(letter)).startsWith("own").doesNotHaveDuplicates();
        assertThat(header(letter, "kafila.redrives")).isEqualTo("3");
        assertThat(header(letter, "__connect.errors.offset")).isEqualTo("7");
    }

    @Test
    void onlyTheRecordThatCannotBeReadIsDeadLetteredAndItsNeighboursAreDelivered() throws Exception {
        broker.createTopic(topic, 1);
        flow.with("valueConverter", Poisonable.class.getName()).start();

        Exchange exchange = deliver(records("a", "poison", "c"));

        assertOutcomes(exchange, new Outcomes(2, 0, 0, 1));
        ConsumerRecord<byte[], byte[]> letter = broker.records(topic).get(0);
        assertThat(letter.value()).isEqualTo(utf8("poison"));
        assertThat(header(letter, "__connect.errors.stage")).isEqualTo("VALUE_CONVERTER");
        assertThat(header(letter, "__connect.errors.class.name")).isEqualTo(Poisonable.class.getName());
        assertThat(header(letter, "__connect.errors.exception.class.name"))
                .isEqualTo("org.apache.kafka.connect.errors.DataException");
        assertThat(header(letter, "__connect.errors.exception.stacktrace"))
                .contains("Poisonable.toConnectData")
                .doesNotContain("poison ")
                .hasSizeLessThanOrEqualTo(8192);
        assertThat(header(letter, "kafila.attempts")).isEqualTo("0");
    }

    @Test
    void aRecordThatIsTooLargeSaysSo() throws Exception {
        broker.createTopic(topic, 1);
        flow.with("payloadLimit", "2000").start();

        assertOutcomes(deliver(records("a", "x".repeat(3000))), new Outcomes(1, 0, 0, 1));

        assertThat(header(broker.records(topic).get(0), "kafila.error.kind")).isEqualTo("too large");
    }

    @Test
    void aDeadLetterThatCannotBeWrittenFailsTheBatchAndStopsItsPartition() throws Exception {
        broker.createTopic(topic, 1);
        broker.denyWrites(topic);
        flow.start();
        aws.function(LambdaFlow.FUNCTION).byDefault(REFUSAL);

        Exchange exchange = deliver(records("a", "b"));

        assertThat(exchange.getException()).isInstanceOfSatisfying(PartitionStopException.class, stop -> {
            assertThat(stop.isProbe()).isTrue();
            assertThat(stop).hasMessageContaining("orders-0@0..1").hasMessageContaining(topic);
        });
        assertThat(outcomes(exchange)).isEqualTo(Outcomes.NONE);
        broker.allowWrites(topic);
    }

    @Test
    void whenTheDeadLetterTopicCanBeWrittenAgainNothingIsDeliveredASecondTime() throws Exception {
        broker.createTopic(topic, 1);
        broker.denyWrites(topic);
        flow.with("batch", "false").start();
        aws.function(LambdaFlow.FUNCTION)
                .answersWhen(invocation -> invocation.text().contains("\"poison\""), REFUSAL);
        Exchange stopped = deliver(records("a", "poison", "c"));
        assertThat(stopped.getException()).isInstanceOf(PartitionStopException.class);
        assertThat(outcomes(stopped)).isEqualTo(Outcomes.delivered(2));

        broker.allowWrites(topic);
        Exchange probed = flow.send(lease, records("a", "poison", "c"), Pending.of(stopped))
                .get(20, TimeUnit.SECONDS);

        assertOutcomes(probed, new Outcomes(2, 0, 0, 1));
        assertThat(aws.function(LambdaFlow.FUNCTION).count()).isEqualTo(3);
        assertThat(broker.records(topic)).hasSize(1);
    }

    @Test
    void aDeadLetterTopicThatTheRecordCameFromIsRefused() throws Exception {
        flow.deadLettersTo("kafka:orders?brokers=" + broker.bootstrapServers()).start();
        aws.function(LambdaFlow.FUNCTION).byDefault(REFUSAL);

        Exchange exchange = deliver(records("a"));

        assertThat(exchange.getException()).isInstanceOfSatisfying(PartitionStopException.class, stop -> {
            assertThat(stop.isProbe()).isFalse();
            assertThat(stop).hasMessageContaining("orders-0@0").hasMessageContaining("name another topic");
        });
    }

    @Test
    void aTopicOfThatNameOnAnotherClusterIsAnotherTopic() throws Exception {
        broker.createTopic("orders", 1);
        flow.brokers("the-records-own.example:9092")
                .deadLettersTo("kafka:orders?brokers=" + broker.bootstrapServers())
                .start();
        aws.function(LambdaFlow.FUNCTION).byDefault(REFUSAL);

        assertOutcomes(deliver(records("a")), Outcomes.deadLettered(1));
        assertThat(broker.records("orders")).hasSize(1);
    }

    @Test
    void withoutADeadLetterEndpointThePartitionStops() throws Exception {
        flow.deadLettersTo("").start();
        aws.function(LambdaFlow.FUNCTION).byDefault(REFUSAL);

        assertThat(deliver(records("a")).getException())
                .isInstanceOf(PartitionStopException.class)
                .hasMessageContaining("no dead-letter endpoint");
    }

    @Test
    void anyOtherEndpointGetsOneJsonObjectForEachRecord() throws Exception {
        flow.deadLettersTo("mock:dead-letters?a=1&b=2").start();
        aws.function(LambdaFlow.FUNCTION).byDefault(REFUSAL);
        RecordHeaders headers = new RecordHeaders();
        headers.add("h", utf8("é"));
        headers.add("h", null);
        headers.add("CamelFileName", utf8("/etc/passwd"));

        Exchange exchange =
                deliver(List.of(record(7, utf8("k"), utf8("grüße"), headers), record(8, null, null, headers)));

        assertOutcomes(exchange, Outcomes.deadLettered(2));
        MockEndpoint mock = flow.context().getEndpoint("mock:dead-letters?a=1&b=2", MockEndpoint.class);
        assertThat(mock.getReceivedExchanges()).hasSize(2);
        JsonNode letter =
                JSON.readTree(mock.getReceivedExchanges().get(0).getMessage().getBody(String.class));
        assertThat(letter.fieldNames())
                .toIterable()
                .containsExactly("topic", "partition", "offset", "timestamp", "key", "value", "headers", "error");
        assertThat(letter.get("offset").asLong()).isEqualTo(7);
        assertThat(letter.get("value").binaryValue()).isEqualTo(utf8("grüße"));
        assertThat(letter.get("headers").get(0).get("value").binaryValue()).isEqualTo(utf8("é"));
        assertThat(letter.get("headers").get(1).get("value").isNull()).isTrue();
        assertThat(letter.get("error").get("kafila.error.code").asText())
                .isEqualTo("InvalidRequestContentException 400");
        assertThat(mock.getReceivedExchanges().get(0).getMessage().getHeaders()).doesNotContainKey("CamelFileName");
        JsonNode tombstone =
                JSON.readTree(mock.getReceivedExchanges().get(1).getMessage().getBody(String.class));
        assertThat(tombstone.get("key").isNull()).isTrue();
        assertThat(tombstone.get("value").isNull()).isTrue();
    }

    @Test
    void whatWasWrittenBeforeAnEndpointFailedIsNotWrittenAgain() throws Exception {
        flow.deadLettersTo("mock:dead-letters").start();
        aws.function(LambdaFlow.FUNCTION).byDefault(REFUSAL);
        MockEndpoint mock = flow.context().getEndpoint("mock:dead-letters", MockEndpoint.class);
        List<String> written = new ArrayList<>();
        List<String> refused = new ArrayList<>(List.of("\"offset\":1,"));
        mock.whenAnyExchangeReceived(letter -> {
            String text = letter.getMessage().getBody(String.class);
            if (refused.removeIf(text::contains)) {
                throw new IllegalStateException("full");
            }
            written.add(text.replaceAll(".*\"offset\":(\\d+),.*", "$1"));
        });

        Exchange stopped = deliver(records("a", "b", "c"));
        assertThat(outcomes(stopped)).isEqualTo(Outcomes.deadLettered(1));
        Exchange probed =
                flow.send(lease, records("a", "b", "c"), Pending.of(stopped)).get(20, TimeUnit.SECONDS);

        assertOutcomes(probed, Outcomes.deadLettered(3));
        assertThat(written).containsExactly("0", "1", "2");
    }

    @Test
    void aBatchThatLostItsLeaseIsNotDeadLettered() throws Exception {
        flow.deadLettersTo("mock:dead-letters").with("maxAttempts", "1").start();
        aws.function(LambdaFlow.FUNCTION).byDefault(request -> {
            lease.end();
            return REFUSAL;
        });

        Exchange exchange = deliver(records("a"));

        assertThat(exchange.getException()).isInstanceOf(BatchAbandonedException.class);
        assertThat(flow.context()
                        .getEndpoint("mock:dead-letters", MockEndpoint.class)
                        .getReceivedExchanges())
                .isEmpty();
    }

    @Test
    void aPasswordInTheAddressOfTheDeadLettersIsNotLoggedWhenTheyCannotBeWritten() throws Exception {
        flow.deadLettersTo("mock:dead-letters?accessKey=RAW(hidden-word)").start();
        aws.function(LambdaFlow.FUNCTION).byDefault(REFUSAL);
        flow.context()
                .getEndpoint("mock:dead-letters?accessKey=RAW(hidden-word)", MockEndpoint.class)
                .whenAnyExchangeReceived(letter -> {
                    throw new IllegalStateException("full");
                });
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);

        deliver(records("a"));

        root.detachAppender(log);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(message -> message.contains("FatalFallback") || message.contains("handle previously"))
                .noneMatch(message -> message.contains("hidden-word"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 429, 404})
    void aRouteThatSwallowsTheFailureDoesNotMakeItADelivery(int status) throws Exception {
        flow.start("classpath:flows/swallowing.camel.yaml", "swallowing");
        aws.function(LambdaFlow.FUNCTION).byDefault(Answer.status(status, "SomeException"));

        Exchange exchange = deliver(records("a", "b"));

        assertThat(exchange.getException()).as("what Camel makes of it").isNull();
        assertThat(outcomes(exchange)).as("not the batch's size").isEqualTo(Outcomes.NONE);
    }

    @Test
    void aRecordWithoutATimestampIsDeadLetteredAllTheSame() throws Exception {
        broker.createTopic(topic, 1);
        flow.start();
        aws.function(LambdaFlow.FUNCTION).byDefault(REFUSAL);
        ConsumerRecord<byte[], byte[]> timeless =
                record("orders", 0, 7, TimestampType.NO_TIMESTAMP_TYPE, null, utf8("v"), new RecordHeaders());

        assertOutcomes(deliver(List.of(timeless)), Outcomes.deadLettered(1));
    }

    private Exchange deliver(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        return flow.send(lease, records).get(60, TimeUnit.SECONDS);
    }

    private static void assertOutcomes(Exchange exchange, Outcomes expected) {
        assertThat(exchange.getException()).isNull();
        assertThat(outcomes(exchange)).isEqualTo(expected);
    }

    private static Outcomes outcomes(Exchange exchange) {
        return exchange.getProperty(BatchConstants.OUTCOMES, Outcomes.class);
    }

    private static List<String> names(ConsumerRecord<?, ?> record) {
        return Arrays.stream(record.headers().toArray()).map(Header::key).toList();
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return StreamSupport.stream(record.headers().headers(name).spliterator(), false)
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .reduce((first, second) -> first + " and " + second)
                .orElse(null);
    }
}
