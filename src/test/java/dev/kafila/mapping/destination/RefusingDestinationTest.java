package dev.kafila.mapping.destination;

import static dev.kafila.mapping.destination.MappingFlow.FUNCTION;
import static dev.kafila.record.TestRecords.records;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kafila.batch.BatchAbandonedException;
import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.failure.Pending;
import dev.kafila.lambda.TestLease;
import dev.kafila.routes.AwayConverter;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.ObjectPut;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxTarget;
import dev.kafila.sandbox.SentMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A destination of AWS that does not take what it is told: nothing is lost, and nothing is told twice that need not be. */
@Timeout(60)
class RefusingDestinationTest {
    private static final String QUEUE = "arn:aws:sqs:eu-west-1:123456789012:failures";
    private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:failures";
    private static final String BUCKET = "arn:aws:s3:::failures";
    private static final List<ConsumerRecord<byte[], byte[]>> RECORDS = records("a", "b", "c", "d");

    private final SandboxAws aws = SandboxAws.start();
    private final TestLease lease = new TestLease();
    private MappingFlow flow;

    @AfterEach
    void close() {
        flow.close();
        lease.close();
        aws.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {QUEUE, TOPIC, BUCKET})
    void aRefusalStopsThePartitionAndIsProbedAndWhenItIsOverTheFunctionIsNotAskedAgain(String to) throws Exception {
        flow = MappingFlow.to(aws, to).start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));
        target(to).answers(Answer.status(403, "AccessDenied", "no right to do that"));

        Exchange refused = deliver(null);

        assertThat(refused.getException()).isInstanceOfSatisfying(PartitionStopException.class, stop -> {
            assertThat(stop.isProbe()).isTrue();
            assertThat(stop)
                    .hasMessageContaining("orders-0@0..3")
                    .hasMessageContaining(to)
                    .hasMessageContaining("AccessDenied 403 no right to do that");
        });
        assertThat(outcomes(refused)).isEqualTo(Outcomes.NONE);
        assertThat(target(to).deliveredCount()).isZero();

        Exchange again = deliver(Pending.of(refused));

        assertThat(again.getException()).isNull();
        assertThat(outcomes(again)).isEqualTo(Outcomes.deadLettered(4));
        assertThat(target(to).deliveredCount()).isEqualTo(1);
        assertThat(aws.function(FUNCTION).count()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {QUEUE, TOPIC, BUCKET})
    void whatWasToldBeforeARefusalIsNotToldAgain(String to) throws Exception {
        flow = MappingFlow.to(aws, to).with("bisect", "true").start();
        aws.function(FUNCTION)
                .answersWhen(
                        invocation -> invocation.text().matches(".*\"offset\":[02].*"),
                        Answer.functionError("Unhandled"));
        target(to).answers(Answer.ok(), Answer.status(503, "SlowDown"));

        Exchange refused = deliver(null);

        assertThat(refused.getException()).isInstanceOf(PartitionStopException.class);
        assertThat(outcomes(refused)).isEqualTo(new Outcomes(2, 0, 0, 1));

        Exchange again = deliver(Pending.of(refused));

        assertThat(outcomes(again)).isEqualTo(new Outcomes(2, 0, 0, 2));
        assertThat(target(to).count()).isEqualTo(3);
        assertThat(target(to).deliveredCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {QUEUE, TOPIC, BUCKET})
    void nothingIsToldOnceTheBatchWasTakenAway(String to) throws Exception {
        flow = MappingFlow.to(aws, to).start();
        aws.function(FUNCTION).byDefault(invocation -> {
            lease.end();
            return Answer.functionError("Unhandled");
        });

        Exchange exchange = deliver(null);

        assertThat(exchange.getException()).isInstanceOf(BatchAbandonedException.class);
        assertThat(target(to).count()).isZero();
    }

    @Test
    void betweenTwoRecordsTheLeaseIsAskedFor() throws Exception {
        flow = MappingFlow.to(aws, QUEUE).with("bisect", "true").start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));
        aws.queues().byDefault(message -> {
            lease.end();
            return Answer.ok();
        });

        Exchange exchange = deliver(null);

        assertThat(exchange.getException()).isInstanceOf(BatchAbandonedException.class);
        assertThat(aws.queues().count()).isEqualTo(1);
    }

    @Test
    void aSilentDestinationHoldsTheBatchForTenSecondsAndNotForEver() throws Exception {
        flow = MappingFlow.to(aws, QUEUE).start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));
        aws.queues().answers(Answer.hang());

        Exchange exchange = deliver(null);

        assertThat(exchange.getException())
                .isInstanceOf(PartitionStopException.class)
                .hasMessageContaining("timeout");
    }

    @Test
    void aMessageThatIsTooLongIsARefusalLikeAnyOther() throws Exception {
        flow = MappingFlow.to(aws, TOPIC).start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));
        aws.topics().limit(100);

        assertThat(deliver(null).getException())
                .isInstanceOf(PartitionStopException.class)
                .hasMessageContaining("InvalidParameter 400");
    }

    @Test
    void aQueueThatIsGoneIsNamed() throws Exception {
        flow = MappingFlow.to(aws, QUEUE).start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));
        aws.queues().declare("another");

        assertThat(deliver(null).getException())
                .isInstanceOf(PartitionStopException.class)
                .hasMessageContaining(QUEUE)
                .hasMessageContaining("NonExistentQueue 400");
    }

    @Test
    void whatIsToldAgainSinceNobodyKnowsIsOneMessageOfAFifoQueue() throws Exception {
        flow = MappingFlow.to(aws, QUEUE + ".fifo").start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));
        Exchange unknown = deliverUnanswered(aws.queues());

        assertThat(outcomes(deliver(Pending.of(unknown)))).isEqualTo(Outcomes.deadLettered(4));

        List<SentMessage> sent = aws.queues().received();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1).deduplicationId()).isEqualTo(sent.get(0).deduplicationId());
        assertThat(sent.get(1).body()).isEqualTo(sent.get(0).body());
        assertThat(sent.get(1).groupId()).isEqualTo("orders-0");
    }

    @Test
    void whatIsToldAgainSinceNobodyKnowsIsTheSameObject() throws Exception {
        flow = MappingFlow.to(aws, BUCKET).start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));
        Exchange unknown = deliverUnanswered(aws.buckets());

        assertThat(outcomes(deliver(Pending.of(unknown)))).isEqualTo(Outcomes.deadLettered(4));

        List<ObjectPut> put = aws.buckets().received();
        assertThat(put).hasSize(2);
        assertThat(put.get(1).key()).isEqualTo(put.get(0).key());
        assertThat(put.get(1).object().text()).isEqualTo(put.get(0).object().text());
    }

    private Exchange deliverUnanswered(SandboxTarget<?> target) throws Exception {
        target.answers(Answer.reset());
        Exchange unknown = deliver(null);
        assertThat(unknown.getException()).isInstanceOf(PartitionStopException.class);
        return unknown;
    }

    @Test
    void nothingIsToldWithoutItsEventWhileARegistryIsAway() throws Exception {
        flow = MappingFlow.to(aws, BUCKET)
                .with("valueConverter", AwayConverter.class.getName())
                .connect("value-converter.registry", "of-destinations")
                .start();
        aws.function(FUNCTION).byDefault(invocation -> {
            if (aws.function(FUNCTION).count() == 2) {
                AwayConverter.away("of-destinations");
            }
            return Answer.functionError("Unhandled");
        });

        Exchange away = deliver(null);

        assertThat(away.getException())
                .isInstanceOf(PartitionStopException.class)
                .hasMessageContaining("SourceUnavailableException");
        assertThat(aws.buckets().count()).isZero();
        AwayConverter.back("of-destinations");

        assertThat(outcomes(deliver(Pending.of(away)))).isEqualTo(Outcomes.deadLettered(4));
        assertThat(aws.buckets().objects("failures").values())
                .singleElement()
                .satisfies(object -> assertThat(object.text()).contains("\\\"offset\\\":3,"));
    }

    @Test
    void theLogNamesTheRecordsAndNeverWhatIsInThem() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(DestinationSink.class);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        flow = MappingFlow.to(aws, BUCKET).start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));

        flow.deliver(lease, records("secret"), null);

        logger.detachAppender(appender);
        assertThat(appender.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "Gave up 1 records of orders-0@0..0 and told " + BUCKET + ": function error (Unhandled)");
    }

    @Test
    void batchesAreToldSideBySide() throws Exception {
        flow = MappingFlow.to(aws, QUEUE).start();
        aws.function(FUNCTION).byDefault(Answer.functionError("Unhandled"));

        CompletableFuture<Exchange> one = flow.send(lease, records("a"), null);
        CompletableFuture<Exchange> two = flow.send(lease, records("b"), null);

        assertThat(Stream.of(one, two)
                        .map(sent -> sent.orTimeout(20, TimeUnit.SECONDS).join()))
                .extracting(RefusingDestinationTest::outcomes)
                .containsOnly(Outcomes.deadLettered(1));
        assertThat(aws.queues().in("failures")).hasSize(2);
    }

    private SandboxTarget<?> target(String destination) {
        return switch (destination) {
            case QUEUE -> aws.queues();
            case TOPIC -> aws.topics();
            default -> aws.buckets();
        };
    }

    private Exchange deliver(Pending pending) throws Exception {
        return flow.deliver(lease, RECORDS, pending);
    }

    private static Outcomes outcomes(Exchange exchange) {
        return exchange.getProperty(BatchConstants.OUTCOMES, Outcomes.class);
    }
}
