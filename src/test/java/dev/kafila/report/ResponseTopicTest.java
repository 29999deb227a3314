package dev.kafila.report;

import static dev.kafila.lambda.LambdaFlow.FUNCTION;
import static dev.kafila.record.TestRecords.TIME;
import static dev.kafila.record.TestRecords.records;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.Outcomes;
import dev.kafila.lambda.LambdaFlow;
import dev.kafila.lambda.TestLease;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a function answers, from the wire to the bytes in the response topic of a real broker. */
class ResponseTopicTest {
    private static SandboxBroker broker;
    private static int topics;

    private final SandboxAws aws = SandboxAws.start();
    private final TestLease lease = new TestLease();
    private final String topic = "answers-" + topics++;
    private final LambdaFlow flow = LambdaFlow.to(aws)
            .brokers(broker.bootstrapServers())
            .with("format", "plain")
            .with("responseTopic", topic)
            .with("connectProperties", "reporter.max.block.ms=2000");

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
    void anAnswerByCoordinatesReachesEachRecordWhateverItsOrder() throws Exception {
        flow.start();
        aws.function(FUNCTION).answers(Answer.ok("""
                [{"payload":{"offset":1,"partition":0,"topic":"orders","result":{"total": 1.10}}},
                 {"payload":{"result":null,"topic":"orders","partition":0,"offset":0}}]"""));

        assertOutcomes(deliver(records("a", "b")), Outcomes.delivered(2));

        assertThat(values()).containsExactly(value(0, "null"), value(1, "{\"total\": 1.10}"));
    }

    @Test
    void aListOfTheSameLengthIsMatchedByPosition() throws Exception {
        flow.start();
        aws.function(FUNCTION).answers(Answer.ok("[ 12345678901234567890 ,\"\\u00e9\"]"));

        deliver(records("a", "b"));

        assertThat(values()).containsExactly(value(0, "12345678901234567890"), value(1, "\"\\u00e9\""));
    }

    @Test
    void anyOtherAnswerIsReportedWholeForEveryRecord() throws Exception {
        flow.start();
        aws.function(FUNCTION).answers(Answer.ok("{\"done\":1e400}"));

        deliver(records("a", "b"));

        assertThat(values()).containsExactly(value(0, "{\"done\":1e400}"), value(1, "{\"done\":1e400}"));
    }

    @Test
    void aFunctionThatAnswersNothingIsReportedAsNull() throws Exception {
        flow.start();

        deliver(records("a"));

        assertThat(values()).containsExactly(value(0, "null"));
    }

    @Test
    void oneRecordAnInvocationGetsTheWholeAnswer() throws Exception {
        flow.with("batch", "false").start();
        aws.function(FUNCTION).answers(Answer.ok("[1]"), Answer.ok("[2]"));

        deliver(records("a", "b"));

        assertThat(values()).containsExactly(value(0, "[1]"), value(1, "[2]"));
    }

    private static String value(int offset, String result) {
        return "{\"topic\":\"orders\",\"partition\":0,\"offset\":" + offset + ",\"timestamp\":" + TIME
                + ",\"headers\":[],\"key\":\"k" + offset + "\",\"value\":" + result + "}";
    }

    private List<String> values() {
        return broker.records(topic).stream()
                .map(answer -> new String(answer.value(), StandardCharsets.UTF_8))
                .toList();
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
}
