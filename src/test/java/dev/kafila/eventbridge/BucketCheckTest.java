package dev.kafila.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBuckets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Timeout(60)
class BucketCheckTest {
    private final SandboxAws aws = SandboxAws.start();
    private final SandboxBuckets buckets = aws.buckets();
    private final Logger logger = (Logger) LoggerFactory.getLogger(BucketCheck.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Map<String, String> parameters = new HashMap<>(Map.of(
            "endpoint", aws.endpoint().toString(),
            "region", "eu-central-1",
            "accessKeyId", "AKIDEXAMPLE",
            "secretAccessKey", "secret"));

    @BeforeEach
    void listen() {
        buckets.declare("claims");
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        aws.close();
    }

    @Test
    void aBucketThatExistsIsAskedForAndNothingIsWritten() {
        assertThat(problem("claims")).isEmpty();

        assertThat(warnings()).isEmpty();
        assertThat(buckets.count()).isZero();
    }

    @Test
    void aBucketThatDoesNotExistIsRefused() {
        assertThat(problem("typo"))
                .hasValue(
                        "bucket typo (kafila.eventbridge.offload.bucket) does not exist: create it or correct its name");
    }

    @Test
    void whoMayOnlyWriteIsToldWhichPermissionIsMissingAndStarts() {
        buckets.answersHeadBucketWith(Answer.status(403, "AccessDenied"));

        assertThat(problem("claims")).isEmpty();

        assertThat(warnings()).contains("claims").contains("403: s3:ListBucket on it would let Kafila look");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400})
    void aBucketOfAnotherRegionIsRefused(int status) {
        buckets.answersHeadBucketWith(Answer.status(status, "none"));

        assertThat(problem("claims"))
                .hasValue("bucket claims (kafila.eventbridge.offload.bucket) cannot be used from eu-central-1 (status "
                        + status + "): it is in another region, or the credentials are not good");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 501})
    void whatMayPassByItselfOrTellsNothingDoesNotStopTheStart(int status) {
        buckets.answersHeadBucketWith(Answer.status(status, "none"));

        assertThat(problem("claims")).isEmpty();

        assertThat(warnings()).contains(status + ": S3 does not say it now");
    }

    @Test
    void anEndpointThatIsAwayDoesNotStopTheStart() {
        aws.stop();

        assertThat(problem("claims")).isEmpty();

        assertThat(warnings()).contains("connection: S3 does not say it now");
    }

    @Test
    void credentialsThatSignNothingAreRefused() {
        parameters.remove("accessKeyId");
        parameters.remove("secretAccessKey");
        parameters.put("profile", "no-such-profile");

        assertThat(problem("claims")).get().asString().contains("cannot be used: credentials");
    }

    private Optional<String> problem(String bucket) {
        return BucketCheck.problem(bucket, new DefaultCamelContext(), new EventBridgeOptions(parameters));
    }

    private String warnings() {
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .reduce("", String::concat);
    }
}
