package dev.kafila.report;

import static dev.kafila.lambda.LambdaFlow.FUNCTION;
import static dev.kafila.record.TestRecords.TIME;
import static dev.kafila.record.TestRecords.record;
import static dev.kafila.record.TestRecords.records;
import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kafila.batch.BatchAbandonedException;
import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.failure.Pending;
import dev.kafila.failure.TargetTopics;
import dev.kafila.lambda.LambdaFlow;
import dev.kafila.lambda.TestLease;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

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
            .with("responseTopic", topic);

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
        aws.function(FUNCTION).answers(Answer.ok("[ 12345678901234567890 ,\"\\u00e9é\"]"));

        deliver(records("a", "b"));

        assertThat(values()).containsExactly(value(0, "12345678901234567890"), value(1, "\"\\u00e9é\""));
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

    @Test
    void theKeyIsTheSourcesToTheLastByteAndReadAsTextWhereTheFormatDoesNotReadIt() throws Exception {
        flow.with("format", "esm").start();
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", utf8("é"));
        headers.add("trace", null);

        deliver(List.of(record(0, utf8("schlüssel"), null, headers), record(1, null, utf8("v"), new RecordHeaders())));

        List<ConsumerRecord<byte[], byte[]>> answers = broker.records(topic);
        assertThat(answers).extracting(ConsumerRecord::key).containsExactly(utf8("schlüssel"), null);
        assertThat(values())
                .containsExactly(
                        "{\"topic\":\"orders\",\"partition\":0,\"offset\":0,\"timestamp\":" + TIME
                                + ",\"headers\":[{\"trace\":\"é\"},{\"trace\":null}],\"key\":\"schlüssel\",\"value\":null}",
                        value(1, "null").replace("\"k1\"", "null"));
    }

    @Test
    void onlyRecordsThatWereDeliveredHaveAnAnswer() throws Exception {
        flow.with("reportBatchItemFailures", "true").with("onFailure", "drop").with("maxAttempts", "1");
        flow.with("filter", "{\"value\":[{\"anything-but\":\"filtered\"}]}").start();
        String answer = "{\"batchItemFailures\":[{\"itemIdentifier\":{\"partition\":\"orders-0\",\"offset\":2}}]}";
        aws.function(FUNCTION).answers(Answer.ok(answer));

        assertOutcomes(deliver(records("a", "filtered", "fails", "d")), new Outcomes(2, 1, 1, 0));

        assertThat(values()).containsExactly(value(0, answer), value(3, answer));
    }

    @Test
    void anAnswerMayNameARecordAsATransformShowsItAndTellsWhereItComesFrom() throws Exception {
        flow.connect("transforms", "rename")
                .connect("transforms.rename.type", "org.apache.kafka.connect.transforms.RegexRouter")
                .connect("transforms.rename.regex", ".*")
                .connect("transforms.rename.replacement", "shown")
                .with("reportBatchItemFailures", "true")
                .start();
        aws.function(FUNCTION)
                .answers(
                        Answer.ok(
                                "{\"batchItemFailures\":[{\"itemIdentifier\":{\"partition\":\"shown-0\",\"offset\":1}}]}"),
                        Answer.ok("[{\"payload\":{\"result\":2,\"topic\":\"shown\",\"partition\":0,\"offset\":1}}]"));

        assertOutcomes(deliver(records("a", "b")), Outcomes.delivered(2));

        assertThat(aws.function(FUNCTION).received().get(0).text()).contains("\"topic\":\"shown\"");
        assertThat(values().get(1)).isEqualTo(value(1, "2"));
        assertThat(aws.function(FUNCTION).count()).isEqualTo(2);
    }

    @Test
    void aTopicThatIsMissingIsCreatedAsAskedFor() throws Exception {
        flow.with("responseTopicPartitions", "3")
                .with("responseTopicReplication", "1")
                .start();

        assertOutcomes(deliver(records("a")), Outcomes.delivered(1));

        assertThat(broker.endOffsets(topic)).hasSize(3);
    }

    @Test
    void anotherClusterMayHaveTheAnswers() throws Exception {
        try (SandboxBroker other = SandboxBroker.start()) {
            // A topic of the same name as the source's is another one there.
            flow.with("responseTopic", "orders")
                    .with("reporterBrokers", other.bootstrapServers())
                    .connect("reporter.client.id", "answers")
                    .start();

            assertOutcomes(deliver(records("a")), Outcomes.delivered(1));

            assertThat(other.records("orders")).hasSize(1);
            assertThat(broker.admin().listTopics().names().get()).doesNotContain("orders");
        }
    }

    @Test
    void aRouteThatWouldGetItsOwnAnswersStopsBeforeTheFunctionIsCalled() throws Exception {
        flow.with("responseTopic", "orders").start();

        assertStopped(deliver(records("a")), false, "orders-0@0", "name another topic");

        assertThat(aws.function(FUNCTION).count()).isZero();
    }

    @Test
    void anAnswerThatCannotBeWrittenStopsThePartitionAndTheFunctionIsNotCalledAgainForIt() throws Exception {
        broker.createTopic(topic, 1);
        broker.denyWrites(topic);
        flow.with("batch", "false").start();

        Exchange stopped = deliver(records("a", "b"));
        assertStopped(stopped, true, "orders-0@0..1", topic, "TopicAuthorizationException");
        assertThat(outcomes(stopped)).isEqualTo(Outcomes.NONE);
        assertThat(aws.function(FUNCTION).count()).isEqualTo(1);
        Exchange probed = resume(stopped, "a", "b");
        assertStopped(probed, true, topic);
        assertThat(aws.function(FUNCTION).count()).isEqualTo(1);

        broker.allowWrites(topic);
        Exchange healed = resume(probed, "a", "b");

        assertOutcomes(healed, Outcomes.delivered(2));
        assertThat(aws.function(FUNCTION).count()).isEqualTo(2);
        assertThat(values()).hasSize(2);
    }

    @Test
    void answersThatWereWrittenAreNotWrittenAgainForOneThatIsTooLarge() throws Exception {
        broker.createTopic(topic, 1, Map.of("max.message.bytes", "1000"));
        flow.connect("reporter.batch.size", "0").start();
        aws.function(FUNCTION).answers(Answer.ok("[1,\"" + "x".repeat(2000) + "\",3]"));

        Exchange stopped = deliver(records("a", "b", "c"));
        assertStopped(stopped, true, "RecordTooLargeException");
        assertThat(outcomes(stopped)).isEqualTo(Outcomes.delivered(2));

        admitMessagesOf(10_000);
        assertOutcomes(resume(stopped, "a", "b", "c"), Outcomes.delivered(3));
        assertThat(values()).hasSize(3).containsOnlyOnce(value(0, "1"), value(2, "3"));
        assertThat(aws.function(FUNCTION).count()).isEqualTo(1);
    }

    @Test
    void aTopicThatWasDeletedIsCreatedAgain() throws Exception {
        flow.connect("reporter.delivery.timeout.ms", "3000")
                .connect("reporter.request.timeout.ms", "2000")
                .connect("reporter.max.block.ms", "2000")
                .start();
        assertOutcomes(deliver(records("a")), Outcomes.delivered(1));
        broker.admin().deleteTopics(List.of(topic)).all().get();

        Exchange stopped = deliver(records("b"));
        assertStopped(stopped, true, topic);

        assertOutcomes(resume(stopped, "b"), Outcomes.delivered(1));
        assertThat(values()).hasSize(1);
        assertThat(aws.function(FUNCTION).count()).isEqualTo(2);
    }

    @Test
    void whoMayNotCreateTheTopicIsToldWhichAndItIsTriedAgain() throws Exception {
        List<AclBinding> nobodyCreates = Stream.of(
                        new ResourcePattern(ResourceType.CLUSTER, Resource.CLUSTER_NAME, PatternType.LITERAL),
                        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL))
                .flatMap(resource -> Stream.of(
                        rule(resource, AclOperation.ALL, AclPermissionType.ALLOW),
                        rule(resource, AclOperation.CREATE, AclPermissionType.DENY)))
                .toList();
        broker.admin().createAcls(nobodyCreates).all().get();
        flow.connect("reporter.max.block.ms", "1000").start();
        Logger logger = (Logger) LoggerFactory.getLogger(TargetTopics.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);

        Exchange stopped = deliver(records("a"));
        logger.detachAppender(log);
        broker.admin()
                .deleteAcls(nobodyCreates.stream().map(AclBinding::toFilter).toList())
                .all()
                .get();

        assertStopped(stopped, true, topic);
        assertThat(log.list).singleElement().satisfies(event -> assertThat(event.getFormattedMessage())
                .contains(topic, "AuthorizationException", "grant the right"));
        assertOutcomes(resume(stopped, "a"), Outcomes.delivered(1));
        assertThat(aws.function(FUNCTION).count()).isEqualTo(1);
    }

    @Test
    void aClusterThatIsAwayStopsNothingButThePartition() throws Exception {
        flow.with("reporterBrokers", "localhost:1")
                .connect("reporter.default.api.timeout.ms", "1000")
                .connect("reporter.request.timeout.ms", "1000")
                .connect("reporter.max.block.ms", "1000")
                .start();

        assertStopped(deliver(records("a")), true, "orders-0@0", topic, "TimeoutException");
    }

    @Test
    void whereTheLeaseHasEndedNothingIsWrittenAndNothingCounts() throws Exception {
        broker.createTopic(topic, 1);
        flow.start();
        aws.function(FUNCTION).byDefault(invocation -> {
            lease.end();
            return Answer.ok("[1]");
        });

        Exchange exchange = deliver(records("a"));

        assertThat(exchange.getException()).isInstanceOf(BatchAbandonedException.class);
        assertThat(outcomes(exchange)).isEqualTo(Outcomes.NONE);
        assertThat(values()).isEmpty();
    }

    private static AclBinding rule(ResourcePattern resource, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(resource, new AccessControlEntry("User:*", "*", operation, permission));
    }

    private void admitMessagesOf(int bytes) throws Exception {
        ConfigEntry size = new ConfigEntry("max.message.bytes", String.valueOf(bytes));
        broker.admin()
                .incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(new AlterConfigOp(size, AlterConfigOp.OpType.SET))))
                .all()
                .get();
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
}
