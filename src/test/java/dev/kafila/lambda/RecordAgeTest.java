package dev.kafila.lambda;

import static dev.kafila.lambda.LambdaFlow.FUNCTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.delivery.RecordAge;
import dev.kafila.failure.Pending;
import dev.kafila.record.TestRecords;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.SandboxAws;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordAgeTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final SandboxAws aws = SandboxAws.start();
    private final TestLease lease = new TestLease();
    private final LambdaFlow flow = LambdaFlow.to(aws)
            .with("format", "plain")
            .with("maxRecordAge", "1h")
            .with("maxAttempts", "10");

    @AfterEach
    void close() {
        flow.close();
        lease.close();
        aws.close();
    }

    @Test
    void aRecordIsTooOldWhenItIsOlderAndNotWhenItIsAsOld() {
        RecordAge age = new RecordAge(
                HOUR, InstantSource.fixed(Instant.ofEpochMilli(TestRecords.TIME).plus(HOUR)));

        assertThat(age.isOver(at(0, TestRecords.TIME))).isFalse();
        assertThat(age.isOver(at(0, TestRecords.TIME - 1))).isTrue();
        assertThat(age.isOver(at(0, TestRecords.TIME + HOUR.toMillis() * 2))).isFalse();
        assertThat(age.isOver(at(0, ConsumerRecord.NO_TIMESTAMP))).isFalse();
        assertThat(new RecordAge(null, age.clock()).isOver(at(0, 0))).isFalse();
    }

    @Test
    void whatIsTooOldIsDroppedWithoutARequestAndTheRestIsDelivered() throws Exception {
        flow.with("onFailure", "drop").start();

        Exchange exchange = deliver(List.of(at(0, old()), at(1, now()), at(2, old()), at(3, -1)));

        assertThat(exchange.getException()).isNull();
        assertThat(outcomes(exchange)).isEqualTo(new Outcomes(2, 0, 2, 0));
        assertThat(aws.function(FUNCTION).received()).singleElement().satisfies(invocation -> assertThat(
                        invocation.text())
                .contains("\"offset\":1,", "\"offset\":3,")
                .doesNotContain("\"offset\":0,", "\"offset\":2,"));
    }

    @Test
    void aBatchOfOldRecordsIsNoRequestAtAll() throws Exception {
        flow.with("onFailure", "drop").start();

        assertThat(outcomes(deliver(List.of(at(0, old()), at(1, old()))))).isEqualTo(Outcomes.dropped(2));
        assertThat(aws.function(FUNCTION).count()).isZero();
    }

    @Test
    void whatIsTooOldIsDeadLetteredWithThatReason() throws Exception {
        flow.with("onFailure", "dead-letter").deadLettersTo("mock:dead-letters").start();

        assertThat(outcomes(deliver(List.of(at(0, old()), at(1, now()))))).isEqualTo(new Outcomes(1, 0, 0, 1));

        assertThat(flow.context()
                        .getEndpoint("mock:dead-letters", MockEndpoint.class)
                        .getReceivedExchanges())
                .singleElement()
                .satisfies(letter -> assertThat(letter.getMessage().getBody(String.class))
                        .contains(
                                "\"offset\":0,", "\"kafila.error.code\":\"record-age\"", "\"kafila.attempts\":\"0\""));
    }

    @Test
    void aBatchThatIsTriedAgainForLongLosesOnlyWhatHasBecomeTooOld() throws Exception {
        flow.with("onFailure", "drop")
                .with("retryDelay", "600ms")
                .with("retryDelayMax", "600ms")
                .start();
        aws.function(FUNCTION)
                .answersWhen(
                        invocation -> invocation.text().contains("\"offset\":0,"), Answer.status(503, "Unavailable"));

        long soonTooOld = now() - HOUR.toMillis() + 500;
        Exchange exchange = deliver(List.of(at(0, soonTooOld), at(1, now())));

        assertThat(outcomes(exchange)).isEqualTo(new Outcomes(1, 0, 1, 0));
        assertThat(aws.function(FUNCTION).received().get(0).text()).contains("\"offset\":0,", "\"offset\":1,");
        assertThat(aws.function(FUNCTION).delivered())
                .singleElement()
                .satisfies(invocation -> assertThat(invocation.text()).doesNotContain("\"offset\":0,"));
    }

    @Test
    void anOldRecordStopsItsPartitionAfterWhatIsBeforeItIsDelivered() throws Exception {
        flow.start();

        Exchange stopped = deliver(List.of(at(0, now()), at(1, old()), at(2, now())));

        assertThat(stopped.getException())
                .isInstanceOf(PartitionStopException.class)
                .hasMessageContaining("orders-0@1 cannot be delivered")
                .hasMessageContaining("permanent (record-age)");
        assertThat(outcomes(stopped)).isEqualTo(Outcomes.delivered(1));
        assertThat(Pending.of(stopped).parts().stream().flatMap(part -> part.records().stream()))
                .extracting(ConsumerRecord::offset)
                .containsExactly(1L, 2L);
    }

    @Test
    void whoeverTriesForEverGivesNothingUp() {
        flow.with("onFailure", "retry");

        assertThatThrownBy(flow::start).hasStackTraceContaining("maxRecordAge: gives records up as onFailure says");
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static long old() {
        return now() - HOUR.toMillis() - 1;
    }

    private Exchange deliver(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        return flow.send(lease, records).get(30, TimeUnit.SECONDS);
    }

    private static ConsumerRecord<byte[], byte[]> at(long offset, long timestamp) {
        return new ConsumerRecord<>(
                "orders",
                0,
                offset,
                timestamp,
                timestamp < 0 ? TimestampType.NO_TIMESTAMP_TYPE : TimestampType.CREATE_TIME,
                -1,
                -1,
                null,
                TestRecords.utf8("v"),
                new RecordHeaders(),
                Optional.empty());
    }

    private static Outcomes outcomes(Exchange exchange) {
        return exchange.getProperty(BatchConstants.OUTCOMES, Outcomes.class);
    }
}
