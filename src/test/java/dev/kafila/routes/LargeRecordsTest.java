package dev.kafila.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.aws.AwsClients;
import dev.kafila.aws.AwsSettings;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.EventEntry;
import dev.kafila.sandbox.SandboxBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** Values that fit into no event, from the broker to the bus and the bucket, and back as a receiver gets them. */
@Timeout(120)
class LargeRecordsTest {
    private static final String BUCKET = "large-values";
    private static final int LENGTH = 600_000;
    /** Fits into a record, and, twice as long with its escapes, into no event. */
    private static final String LARGE = "\"".repeat(LENGTH);

    private static SandboxBroker broker;

    @TempDir
    private Path directory;

    private EventRoute route;

    @BeforeAll
    static void startBroker() {
        broker = SandboxBroker.start(Map.of("auto.create.topics.enable", "false"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void open() {
        route = new EventRoute(broker, directory);
        route.aws.buckets().declare(BUCKET);
        route.with("offload.bucket", BUCKET);
    }

    @AfterEach
    void close() throws Exception {
        route.close();
    }

    @Test
    void aReceiverFindsTheValueWhereItsEventSays() throws Exception {
        route.start().produce(20);
        route.send(0, LARGE);

        route.assertSettled(0);

        assertThat(route.aws.buckets().objects(BUCKET)).hasSize(1);
        assertThat(content(offloaded())).isEqualTo('"' + "\\\"".repeat(LENGTH) + '"');
    }

    @Test
    void anUploadThatFailsForAWhileLeavesOneObjectAndEveryEventOnce() throws Exception {
        route.aws.buckets().answers(Answer.status(503, "SlowDown"), Answer.reset());
        route.start().produce(20);
        route.send(0, LARGE);

        route.assertSettled(0);

        assertThat(route.aws.buckets().count()).isEqualTo(3);
        assertThat(route.aws.buckets().objects(BUCKET)).hasSize(1);
    }

    @Test
    void anUploadThatKeepsFailingIsOneDeadLetterThatNamesTheErrorOfS3() throws Exception {
        route.aws.buckets().byDefault(Answer.status(503, "SlowDown"));
        route.withDeadLetters().with("max-attempts", "2").start().produce(20);
        route.send(0, LARGE);

        route.assertSettled(1);

        assertThat(route.deadLetters()
                        .get(0)
                        .headers()
                        .lastHeader("kafila.error.code")
                        .value())
                .asString()
                .isEqualTo("SlowDown 503");
    }

    private JsonNode offloaded() throws Exception {
        for (EventEntry entry : route.events.entries()) {
            JsonNode detail = new ObjectMapper().readTree(entry.detail());
            if (detail.has("dataref")) {
                return detail;
            }
        }
        throw new AssertionError("No event refers to an object");
    }

    private String content(JsonNode detail) {
        String key = detail.path("dataref").asText().substring(("arn:aws:s3:::" + BUCKET + "/").length());
        Map<String, String> settings = Map.of(
                "endpoint", route.aws.endpoint().toString(),
                "region", "eu-central-1",
                "access-key-id", "AKIDEXAMPLE",
                "secret-access-key", "secret");
        try (S3Client client = AwsClients.s3(AwsSettings.of(settings::get), Duration.ofSeconds(20), 1)) {
            return client.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asUtf8String();
        }
    }
}
