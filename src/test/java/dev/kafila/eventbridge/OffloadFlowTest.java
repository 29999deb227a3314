package dev.kafila.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.lambda.TestLease;
import dev.kafila.record.TestRecords;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.EventEntry;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBuckets;
import dev.kafila.sandbox.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Records with a part in S3, through the kamelet and the real clients. */
@Timeout(60)
class OffloadFlowTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String BUCKET = "claims";
    /** Stands in every value that is offloaded, and nowhere else. */
    private static final String SECRET = "do-not-log";

    private final SandboxAws aws = SandboxAws.start();
    private final SandboxBuckets buckets = aws.buckets();
    private final TestLease lease = new TestLease();
    private final Logger logger = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final EventBridgeFlow flow = EventBridgeFlow.to(aws)
            .with("offloadBucket", BUCKET)
            .with("payloadLimit", "1000")
            .with("valueConverter", "json");

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void closeAndFindTheValueInNoLog() {
        flow.close();
        lease.close();
        aws.close();
        logger.detachAppender(lines);
        assertThat(lines.list).noneMatch(line -> line.getFormattedMessage().contains(SECRET));
    }

    @Test
    void onlyWhatIsTooLargeIsInTheBucketAndItsEventSaysWhere() throws Exception {
        Exchange exchange = deliver(List.of(small(0), large(1), small(2)));

        assertThat(outcomes(exchange)).isEqualTo(Outcomes.delivered(3));
        assertThat(buckets.objects(BUCKET)).hasSize(1);
        assertThat(aws.events().count()).isEqualTo(1);
        JsonNode detail = detail(1);
        assertThat(detail.has("value")).isFalse();
        assertThat(detail.path("datarefJsonPath").asText()).isEqualTo("$.detail.value");
        assertThat(claimed(detail).text()).isEqualTo(value(large(1)));
        assertThat(claimed(detail).contentType()).isEqualTo("application/json");
        assertThat(claimed(detail).checksums()).containsOnlyKeys("x-amz-checksum-sha256");
        assertThat(detail(0).path("value").path("id").asInt()).isZero();
    }

    @Test
    void alwaysMeansEveryRecordThatHasTheValue() throws Exception {
        flow.with("offloadWhen", "always").with("offloadPath", "$.detail.value.payload");

        Exchange exchange = deliver(List.of(small(0), large(1), TestRecords.record(2, "k", "{\"id\":2}")));

        assertThat(outcomes(exchange)).isEqualTo(Outcomes.delivered(3));
        assertThat(buckets.objects(BUCKET)).hasSize(2);
        assertThat(claimed(detail(0)).text()).isEqualTo('"' + SECRET + '"');
        assertThat(detail(0).path("value").toString()).isEqualTo("{\"id\":0}");
        assertThat(detail(2).has("dataref")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "503, SlowDown",
        "500, InternalError",
        "503, ServiceUnavailable",
        "400, RequestTimeout",
        "400, BadDigest"
    })
    void anUploadThatMayYetSucceedIsTriedAgainAndLeavesOneObject(int status, String code) throws Exception {
        buckets.answers(Answer.status(status, code));

        Exchange exchange = deliver(List.of(small(0), large(1), small(2)));

        assertThat(outcomes(exchange)).isEqualTo(Outcomes.delivered(3));
        assertThat(buckets.count()).isEqualTo(2);
        assertThat(buckets.objects(BUCKET)).hasSize(1);
        // The neighbours did not wait, and did not go twice.
        assertThat(offsets(0)).containsExactly(0L, 2L);
        assertThat(offsets(1)).containsExactly(1L);
    }

    @Test
    void aConnectionThatIsResetIsTriedAgain() throws Exception {
        buckets.answers(Answer.reset());

        assertThat(outcomes(deliver(List.of(large(0))))).isEqualTo(Outcomes.delivered(1));

        assertThat(buckets.objects(BUCKET)).hasSize(1);
    }

    @Test
    void anUploadThatIsNotAnsweredIsTriedAgain() throws Exception {
        flow.with("callTimeout", "500ms");
        buckets.answers(Answer.hang());

        assertThat(outcomes(deliver(List.of(large(0))))).isEqualTo(Outcomes.delivered(1));

        assertThat(buckets.count()).isEqualTo(2);
    }

    @Test
    void anUploadThatSucceededIsNotRepeatedWhenOnlyThePutFailed() throws Exception {
        aws.events().failsEntries(Map.of(0, "InternalFailure"));
        aws.events().answers(Answer.status(503, "ServiceUnavailable"));

        assertThat(outcomes(deliver(List.of(large(0))))).isEqualTo(Outcomes.delivered(1));

        assertThat(aws.events().count()).isEqualTo(3);
        assertThat(buckets.count()).isEqualTo(1);
    }

    @Test
    void aFailedUploadUsesUpAttemptsAndItsDeadLetterNamesTheErrorOfS3() throws Exception {
        buckets.byDefault(Answer.status(503, "SlowDown"));

        Exchange exchange = deliverWithDeadLetters(List.of(small(0), large(1), small(2)));

        assertThat(outcomes(exchange)).isEqualTo(Outcomes.delivered(2).plus(Outcomes.deadLettered(1)));
        assertThat(buckets.count()).isEqualTo(3);
        JsonNode letter = onlyDeadLetter();
        assertThat(letter.path("offset").asLong()).isEqualTo(1);
        assertThat(letter.at("/error/kafila.error.code").asText()).isEqualTo("SlowDown 503");
        assertThat(letter.at("/error/kafila.attempts").asText()).isEqualTo("3");
        assertThat(letter.at("/error/__connect.errors.exception.message").asText())
                .isEqualTo("The bucket claims did not take the record: throttle (SlowDown 503)");
        assertThat(letter.path("error").toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({"400, InvalidRequest", "412, PreconditionFailed", "400, EntityTooLarge", "413, RequestEntityTooLarge"})
    void anUploadThatCannotSucceedIsThatRecordsFailureAtOnce(int status, String code) throws Exception {
        buckets.byDefault(Answer.status(status, code));

        Exchange exchange = deliverWithDeadLetters(List.of(small(0), large(1), small(2)));

        assertThat(outcomes(exchange)).isEqualTo(Outcomes.delivered(2).plus(Outcomes.deadLettered(1)));
        assertThat(buckets.count()).isEqualTo(1);
        assertThat(onlyDeadLetter().at("/error/kafila.error.code").asText()).isEqualTo(code + " " + status);
    }

    @Test
    void uploadsThatAreTooLargeAreNotSentAgainInSmallerRequests() throws Exception {
        buckets.byDefault(Answer.status(413, "RequestEntityTooLarge"));

        Exchange exchange = deliverWithDeadLetters(List.of(large(0), large(1)));

        assertThat(outcomes(exchange)).isEqualTo(Outcomes.deadLettered(2));
        assertThat(buckets.count()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied",
        "301, PermanentRedirect",
        "400, ExpiredToken",
        "400, AuthorizationHeaderMalformed",
        "400, KMS.NotFoundException",
    })
    void whatSomebodyHasToPutRightStopsThePartitionAndNamesTheBucket(int status, String code) throws Exception {
        buckets.byDefault(Answer.status(status, code));

        Exchange exchange = deliverWithDeadLetters(List.of(small(0), large(1), small(2)));

        assertThat(exchange.getException())
                .isInstanceOfSatisfying(PartitionStopException.class, stop -> assertThat(stop.isProbe())
                        .isTrue())
                .hasMessageStartingWith("Bucket claims does not take orders-0@1: " + code + " " + status);
        assertThat(outcomes(exchange)).isEqualTo(Outcomes.delivered(2));
        assertThat(buckets.count()).isEqualTo(1);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void aBucketThatIsNotThereStopsThePartition() throws Exception {
        buckets.declare("others");

        Exchange exchange = deliver(List.of(large(0)));

        assertThat(exchange.getException())
                .isInstanceOf(PartitionStopException.class)
                .hasMessageStartingWith("Bucket claims does not take orders-0@0: NoSuchBucket 404");
    }

    @Test
    void whatIsTooLargeWithoutThePartIsARejectedRecord() throws Exception {
        flow.with("offloadPath", "$.detail.value.id");

        Exchange exchange = deliverWithDeadLetters(List.of(small(0), large(1)));

        assertThat(outcomes(exchange)).isEqualTo(Outcomes.delivered(1).plus(Outcomes.deadLettered(1)));
        assertThat(onlyDeadLetter().at("/error/kafila.error.kind").asText()).isEqualTo("too large");
        assertThat(buckets.count()).isZero();
    }

    @Test
    void recordsWithTheSameContentShareOneObject() throws Exception {
        String value = value(large(0));

        deliver(List.of(TestRecords.record(0, "a", value), TestRecords.record(1, "b", value)));

        assertThat(buckets.objects(BUCKET)).hasSize(1);
        assertThat(detail(0).path("dataref")).isEqualTo(detail(1).path("dataref"));
    }

    @Test
    void aBucketThatIsNotThereIsRefusedAtStart() {
        buckets.declare("others");
        flow.with("validate", "true");

        assertThatThrownBy(flow::start)
                .hasStackTraceContaining("bucket claims (kafila.eventbridge.offload.bucket) does not exist");
    }

    @Test
    void aNameThatNoBucketHasIsRefusedAtStart() {
        flow.with("offloadBucket", "Claims");

        assertThatThrownBy(flow::start)
                .isInstanceOf(FailedToStartRouteException.class)
                .hasStackTraceContaining("offloadBucket: 'Claims'");
    }

    private Exchange deliver(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        flow.start();
        return flow.send(lease, records).get(30, TimeUnit.SECONDS);
    }

    private Exchange deliverWithDeadLetters(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        flow.with("onFailure", "dead-letter").deadLettersTo("mock:dead-letters");
        return deliver(records);
    }

    private static ConsumerRecord<byte[], byte[]> small(long offset) {
        return TestRecords.record(offset, "k", "{\"id\":" + offset + ",\"payload\":\"" + SECRET + "\"}");
    }

    private static ConsumerRecord<byte[], byte[]> large(long offset) {
        return TestRecords.record(
                offset, "k", "{\"id\":" + offset + ",\"payload\":\"" + SECRET + "x".repeat(1000) + "\"}");
    }

    private static String value(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    private static Outcomes outcomes(Exchange exchange) {
        return exchange.getProperty(BatchConstants.OUTCOMES, Outcomes.class);
    }

    private JsonNode onlyDeadLetter() throws Exception {
        assertThat(deadLetters()).hasSize(1);
        return MAPPER.readTree(deadLetters().get(0).getMessage().getBody(String.class));
    }

    private List<Exchange> deadLetters() {
        return flow.context()
                .getEndpoint("mock:dead-letters", MockEndpoint.class)
                .getReceivedExchanges();
    }

    /** The detail of the event that was made of the record with that offset. */
    private JsonNode detail(long offset) throws Exception {
        for (EventEntry entry : aws.events().entries(EventBridgeFlow.BUS)) {
            JsonNode detail = MAPPER.readTree(entry.detail());
            if (detail.path("offset").asLong() == offset) {
                return detail;
            }
        }
        throw new AssertionError("No event of the record " + offset);
    }

    private StoredObject claimed(JsonNode detail) {
        String arn = detail.path("dataref").asText();
        assertThat(arn).startsWith("arn:aws:s3:::" + BUCKET + "/");
        return buckets.objects(BUCKET).get(arn.substring(arn.indexOf('/') + 1));
    }

    private List<Long> offsets(int request) {
        return aws.events().received().get(request).entries().stream()
                .map(OffloadFlowTest::offset)
                .toList();
    }

    private static long offset(EventEntry entry) {
        try {
            return MAPPER.readTree(entry.detail()).path("offset").asLong();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
