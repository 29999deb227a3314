package dev.kafila.report;

import static dev.kafila.lambda.LambdaFlow.FUNCTION;
import static dev.kafila.record.TestRecords.records;
import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.batch.RouteStopException;
import dev.kafila.failure.Pending;
import dev.kafila.failure.Poisonable;
import dev.kafila.lambda.LambdaFlow;
import dev.kafila.lambda.TestLease;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records that a synchronous call gave up, in the error topic of a real broker and wherever the policy sends them. */
class ErrorTopicTest {
    private static final Answer REFUSAL = Answer.status(400, "InvalidRequestContentException");

    private static SandboxBroker broker;
    private static int topics;

    private final SandboxAws aws = SandboxAws.start();
    private final TestLease lease = new TestLease();
    private final String topic = "errors-" + topics++;
    private final LambdaFlow flow = LambdaFlow.to(aws)
            .brokers(broker.bootstrapServers())
            .with("format", "plain")
            .with("batch", "false")
            .with("errorTopic", topic)
            .deadLettersTo("mock:dead-letters");

    @BeforeAll
    static void startBroker() {
        broker = SandboxBroker.start();
    }

    @AfterAll
    static void closeBroker() {
        broker.close();
    }

    @BeforeEach
    void poison() {
        aws.function(FUNCTION).answersWhen(invocation -> invocation.text().contains("\"poison\""), REFUSAL);
    }

    @AfterEach
    void close() {
        flow.close();
        lease.close();
        aws.close();
    }

    @Test
    void aRecordThatIsDroppedIsThereToTheLastByteWithTheReason() throws Exception {
        flow.with("onFailure", "drop").with("errorTopicPartitions", "2").start();

        assertOutcomes(deliver("a", "poison", "c"), new Outcomes(2, 0, 1, 0));

        assertThat(broker.endOffsets(topic)).hasSize(2);
        assertThat(broker.records(topic)).singleElement().satisfies(error -> {
            assertThat(error.key()).isEqualTo(utf8("k1"));
            assertThat(error.value()).isEqualTo(utf8("poison"));
            assertThat(header(error, "__connect.errors.offset")).isEqualTo("1");
            assertThat(header(error, "kafila.error.code")).isEqualTo("InvalidRequestContentException 400");
            assertThat(header(error, "kafila.target")).isEqualTo(FUNCTION);
        });
    }

    @Test
    void aRecordThatIsDeadLetteredIsThereBeforeItsDeadLetter() throws Exception {
        flow.with("onFailure", "dead-letter").start();
        deadLetters().whenAnyExchangeReceived(letter -> assertThat(errors()).containsExactly("poison"));

        assertOutcomes(deliver("a", "poison", "c"), new Outcomes(2, 0, 0, 1));

        assertThat(deadLetters().getReceivedExchanges()).hasSize(1);
        assertThat(errors()).containsExactly("poison");
    }

    @Test
    void aRecordThatStopsItsPartitionIsThereOnceForEachGivingUp() throws Exception {
        flow.start();

        Exchange stopped = deliver("a", "poison");
        assertStopped(stopped, false, "orders-0@1 cannot be delivered");
        assertThat(errors()).containsExactly("poison");
        assertThat(outcomes(stopped)).isEqualTo(Outcomes.delivered(1));

        assertStopped(resume(stopped, "a", "poison"), false, "orders-0@1 cannot be delivered");
        assertThat(errors()).containsExactly("poison", "poison");
        assertThat(aws.function(FUNCTION).count()).isEqualTo(3);
    }

    @Test
    void aRecordThatStopsTheRouteIsThereBeforeTheRouteStops() throws Exception {
        flow.with("onFailure", "stop").start();

        assertThat(deliver("poison").getException()).isInstanceOf(RouteStopException.class);

        assertThat(errors()).containsExactly("poison");
    }

    @Test
    void attemptsAreUsedUpBeforeARecordIsGivenUp() throws Exception {
        flow.with("onFailure", "drop").start();
        aws.function(FUNCTION).answersNormally();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));

        assertOutcomes(deliver("a"), Outcomes.dropped(1));

        assertThat(broker.records(topic))
                .singleElement()
                .satisfies(error -> assertThat(header(error, "kafila.attempts")).isEqualTo("3"));
    }

    @Test
    void aRecordThatCannotBeReadIsThereThoughNoRequestWentOut() throws Exception {
        flow.with("onFailure", "drop")
                .with("valueConverter", Poisonable.class.getName())
                .start();

        assertOutcomes(deliver("a", "poison", "c"), new Outcomes(2, 0, 1, 0));

        assertThat(broker.records(topic)).singleElement().satisfies(error -> assertThat(
                        header(error, "__connect.errors.stage"))
                .isEqualTo("VALUE_CONVERTER"));
    }

    @Test
    void aFunctionThatCannotBeInvokedIsNoErrorOfARecord() throws Exception {
        flow.with("onFailure", "drop").start();
        aws.function(FUNCTION).byDefault(Answer.status(403, "AccessDeniedException"));

        assertStopped(deliver("a"), true, "cannot be invoked");

        assertThat(broker.admin().listTopics().names().get()).doesNotContain(topic);
    }

    @Test
    void anErrorThatCannotBeWrittenStopsThePartitionAndTheRecordIsNotDroppedTwice() throws Exception {
        broker.createTopic(topic, 1);
        broker.denyWrites(topic);
        flow.with("onFailure", "drop").start();

        Exchange stopped = deliver("poison", "b");
        assertStopped(stopped, true, "orders-0@0..1", topic);
        assertThat(outcomes(stopped)).isEqualTo(Outcomes.NONE);
        broker.allowWrites(topic);

        assertOutcomes(resume(stopped, "poison", "b"), new Outcomes(1, 0, 1, 0));
        assertThat(errors()).containsExactly("poison");
        assertThat(aws.function(FUNCTION).count()).isEqualTo(2);
    }

    @Test
    void aStopThatHadToWaitForItsErrorIsAStopAndNotAnotherCall() throws Exception {
        broker.createTopic(topic, 1);
        broker.denyWrites(topic);
        flow.with("onFailure", "stop").start();

        Exchange waiting = deliver("poison");
        assertStopped(waiting, true, topic);
        broker.allowWrites(topic);
        Exchange stopped = resume(waiting, "poison");

        assertThat(stopped.getException())
                .isInstanceOf(RouteStopException.class)
                .hasMessageContaining("orders-0@0 cannot be delivered");
        assertThat(errors()).containsExactly("poison");
        assertThat(aws.function(FUNCTION).count()).isEqualTo(1);
        assertThat(Pending.of(stopped).end()).isNull();
    }

    @Test
    void nothingIsDeadLetteredBeforeItsErrorIsWritten() throws Exception {
        broker.createTopic(topic, 1);
        broker.denyWrites(topic);
        flow.with("onFailure", "dead-letter").start();

        Exchange stopped = deliver("poison");
        assertStopped(stopped, true, topic);
        assertThat(deadLetters().getReceivedExchanges()).isEmpty();
        broker.allowWrites(topic);

        assertOutcomes(resume(stopped, "poison"), Outcomes.deadLettered(1));
        assertThat(errors()).containsExactly("poison");
        assertThat(deadLetters().getReceivedExchanges()).hasSize(1);
        assertThat(aws.function(FUNCTION).count()).isEqualTo(1);
    }

    @Test
    void answersAndErrorsGoToTheirOwnTopics() throws Exception {
        flow.with("onFailure", "drop").with("responseTopic", topic + "-answers").start();

        assertOutcomes(deliver("a", "poison", "c"), new Outcomes(2, 0, 1, 0));

        assertThat(errors()).containsExactly("poison");
        assertThat(broker.records(topic + "-answers"))
                .extracting(ConsumerRecord::key)
                .containsExactly(utf8("k0"), utf8("k2"));
    }

    private MockEndpoint deadLetters() {
        return flow.context().getEndpoint("mock:dead-letters", MockEndpoint.class);
    }

    private List<String> errors() {
        return broker.records(topic).stream()
                .map(error -> new String(error.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private Exchange deliver(String... values) throws Exception {
        return flow.send(lease, records(values)).get(60, TimeUnit.SECONDS);
    }

    private Exchange resume(Exchange stopped, String... values) throws Exception {
        return flow.send(lease, records(values), Pending.of(stopped)).get(60, TimeUnit.SECONDS);
    }

    private static void assertStopped(Exchange exchange, boolean probe, String... message) {
        assertThat(exchange.getException()).isInstanceOfSatisfying(PartitionStopException.class, stop -> {
            assertThat(stop.isProbe()).isEqualTo(probe);
            assertThat(stop.getMessage()).contains(message);
        });
    }

    private static void assertOutcomes(Exchange exchange, Outcomes expected) {
        assertThat(exchange.getException()).isNull();
        assertThat(outcomes(exchange)).isEqualTo(expected);
    }

    private static Outcomes outcomes(Exchange exchange) {
        return exchange.getProperty(BatchConstants.OUTCOMES, Outcomes.class);
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
