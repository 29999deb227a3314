package dev.kafila.failure;

import static dev.kafila.record.TestRecords.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.lambda.LambdaFlow;
import dev.kafila.lambda.TestLease;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The topic of the dead letters before there is any: it is looked for, and created, when the flow starts. */
class DeadLetterTopicTest {
    private static SandboxBroker broker;
    private static int topics;

    private final SandboxAws aws = SandboxAws.start();
    private final TestLease lease = new TestLease();
    private final String topic = "dead-letter-topic-" + topics++;
    private final Logger logger = (Logger) LoggerFactory.getLogger(TargetTopics.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final LambdaFlow flow = LambdaFlow.to(aws)
            .with("format", "plain")
            .with("onFailure", "dead-letter")
            .deadLettersTo("kafka:" + topic + "?maxBlockMs=1000&brokers=" + broker.bootstrapServers());

    @BeforeAll
    static void startBroker() {
        broker = SandboxBroker.start();
    }

    @AfterAll
    static void closeBroker() {
        broker.close();
    }

    @BeforeEach
    void refuseEverything() {
        aws.function(LambdaFlow.FUNCTION).byDefault(Answer.status(400, "InvalidRequestContentException"));
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        flow.close();
        lease.close();
        aws.close();
    }

    @Test
    void aTopicThatIsMissingIsCreatedAsAskedForBeforeAnyRecordNeedsIt() throws Exception {
        flow.deadLetterPartitions("3").start();

        assertThat(broker.endOffsets(topic)).hasSize(3);
        assertOutcomes(deliver(), Outcomes.deadLettered(1));
        assertThat(broker.records(topic)).hasSize(1);
    }

    @Test
    void aTopicThatIsThereIsLeftAlone() throws Exception {
        broker.createTopic(topic, 1);

        flow.deadLetterPartitions("3").start();

        assertThat(broker.endOffsets(topic)).hasSize(1);
    }

    @Test
    void whoMayNotCreateItReadsSoAtTheStartAndTheFlowGoesOnUntilARecordNeedsIt() throws Exception {
        List<AclBinding> rules = nobodyCreates();
        broker.admin().createAcls(rules).all().get();

        flow.start();

        assertThat(log.list).singleElement().satisfies(event -> assertThat(event.getFormattedMessage())
                .contains(topic, "AuthorizationException", "grant the right"));
        Exchange stopped = deliver();
        assertThat(stopped.getException()).isInstanceOfSatisfying(PartitionStopException.class, stop -> {
            assertThat(stop.isProbe()).isTrue();
            assertThat(stop).hasMessageContaining("orders-0@0").hasMessageContaining(topic);
        });
        broker.admin()
                .deleteAcls(rules.stream().map(AclBinding::toFilter).toList())
                .all()
                .get();
        assertOutcomes(resume(stopped), Outcomes.deadLettered(1));
        assertThat(aws.function(LambdaFlow.FUNCTION).count()).isEqualTo(1);
    }

    @Test
    void aTopicThatIsDeletedMeanwhileIsCreatedAgain() throws Exception {
        flow.deadLettersTo("kafka:" + topic + "?brokers=" + broker.bootstrapServers()
                        + "&maxBlockMs=2000&requestTimeoutMs=2000&deliveryTimeoutMs=3000")
                .start();
        assertOutcomes(deliver(), Outcomes.deadLettered(1));
        broker.admin().deleteTopics(List.of(topic)).all().get();

        Exchange stopped = deliver();
        assertThat(stopped.getException()).isInstanceOf(PartitionStopException.class);

        assertOutcomes(resume(stopped), Outcomes.deadLettered(1));
        assertThat(broker.records(topic)).hasSize(1);
    }

    @Test
    void brokersThatAreAwayDoNotKeepTheFlowFromStarting() throws Exception {
        flow.deadLettersTo("kafka:" + topic + "?brokers=localhost:1"
                        + "&additionalProperties.default.api.timeout.ms=500&requestTimeoutMs=500")
                .start();

        assertThat(log.list).singleElement().satisfies(event -> assertThat(event.getFormattedMessage())
                .contains(topic, "TimeoutException"));
        aws.function(LambdaFlow.FUNCTION).byDefault(Answer.ok("1"));
        assertOutcomes(deliver(), Outcomes.delivered(1));
    }

    @Test
    void partitionsOfWhatIsNoTopicAreRefused() {
        flow.deadLettersTo("mock:dead-letters").deadLetterPartitions("3");

        assertThatThrownBy(flow::start).hasStackTraceContaining("topicPartitions and topicReplication are for a topic");
    }

    @Test
    void partitionsThatAreNoNumberAreRefusedByName() {
        flow.deadLetterPartitions("three");

        assertThatThrownBy(flow::start).hasStackTraceContaining("topicPartitions: 'three' is not a whole number");
    }

    private List<AclBinding> nobodyCreates() {
        return Stream.of(
                        new ResourcePattern(ResourceType.CLUSTER, Resource.CLUSTER_NAME, PatternType.LITERAL),
                        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL))
                .flatMap(resource -> Stream.of(
                        rule(resource, AclOperation.ALL, AclPermissionType.ALLOW),
                        rule(resource, AclOperation.CREATE, AclPermissionType.DENY)))
                .toList();
    }

    private static AclBinding rule(ResourcePattern resource, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(resource, new AccessControlEntry("User:*", "*", operation, permission));
    }

    private Exchange deliver() throws Exception {
        return flow.send(lease, one()).get(60, TimeUnit.SECONDS);
    }

    private Exchange resume(Exchange stopped) throws Exception {
        return flow.send(lease, one(), Pending.of(stopped)).get(60, TimeUnit.SECONDS);
    }

    private static List<ConsumerRecord<byte[], byte[]>> one() {
        return records("a");
    }

    private static void assertOutcomes(Exchange exchange, Outcomes expected) {
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getProperty(BatchConstants.OUTCOMES, Outcomes.class))
                .isEqualTo(expected);
    }
}
