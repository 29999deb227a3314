package dev.kafila.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a function does not take, as the AWS CLI asks for it and reads it where it was kept. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class DestinationInteropTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOPIC = "AWSKafkaTopic";
    private static final String FUNCTION = "my-kafka-function";
    private static final String POISON = "cG9pc29u";

    private final SandboxBroker broker = SandboxBroker.start();
    private final SandboxAws aws = SandboxAws.start();

    @TempDir
    private Path directory;

    private Application application;

    @BeforeEach
    void start() throws Exception {
        broker.createTopic(TOPIC, 1);
        aws.function(FUNCTION)
                .answersWhen(invocation -> invocation.text().contains(POISON), Answer.functionError("Unhandled"));
        Map<String, String> settings = new HashMap<>(Map.of(
                "kafila.kafka.brokers", broker.bootstrapServers(),
                "kafila.aws.endpoint", aws.endpoint().toString(),
                "kafila.aws.region", "us-east-1",
                "kafila.aws.access-key-id", "test",
                "kafila.aws.secret-access-key", "test",
                "kafila.mapping.enabled", "true",
                "kafila.mapping.port", "0"));
        application = new Workplace(directory).start(settings);
    }

    @AfterEach
    void stop() throws Exception {
        application.close();
        aws.close();
        broker.close();
    }

    @Test
    void aQueueHoldsTheRecordOfTheOneThatMadeTheFunctionFail() throws Exception {
        create("arn:aws:sqs:us-east-1:123456789012:failures");
        AwsCli cli = AwsCli.of(aws.endpoint());
        String queue = aws.endpoint() + "/123456789012/failures";

        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> !aws.queues().in("failures").isEmpty());
        JsonNode message = JSON.readTree(
                cli.run("sqs", "receive-message", "--queue-url", queue, "--max-number-of-messages", "10"));

        assertThat(message.path("Messages")).hasSize(1);
        JsonNode told = JSON.readTree(message.at("/Messages/0/Body").asText());
        assertThat(told.at("/requestContext/condition").asText()).isEqualTo("RetryAttemptsExhausted");
        assertThat(told.at("/requestContext/functionArn").asText()).endsWith(":function:" + FUNCTION);
        assertThat(told.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(2);
        assertThat(told.at("/responseContext/functionError").asText()).isEqualTo("Unhandled");
        assertThat(told.at("/KafkaBatchInfo/batchSize").asInt()).isEqualTo(1);
        assertThat(told.at("/KafkaBatchInfo/recordsInfo/AWSKafkaTopic-0/firstRecordOffset")
                        .asText())
                .isEqualTo("2");
    }

    @Test
    void anObjectHoldsTheWholeEventToo() throws Exception {
        create("arn:aws:s3:::failures");
        Path object = directory.resolve("object.json");

        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> !aws.buckets().objects("failures").isEmpty());
        String key = aws.buckets().objects("failures").keySet().iterator().next();
        AwsCli.of(aws.endpoint()).run("s3api", "get-object", "--bucket", "failures", "--key", key, object.toString());

        JsonNode told = JSON.readTree(Files.readString(object));
        JsonNode record = JSON.readTree(told.path("payload").asText()).at("/records/AWSKafkaTopic-0/0");
        assertThat(record.path("value").asText()).isEqualTo(POISON);
        assertThat(record.path("offset").asInt()).isEqualTo(2);
        assertThat(new String(Base64.getDecoder().decode(POISON), UTF_8)).isEqualTo("poison");
    }

    private void create(String destination) throws Exception {
        for (String value : new String[] {"a", "b", "poison", "d"}) {
            broker.producer()
                    .send(new ProducerRecord<>(TOPIC, 0, null, value.getBytes(UTF_8)))
                    .get();
        }
        AwsCli.of(URI.create("http://127.0.0.1:" + application.mappingPort().getAsInt()))
                .run(
                        "lambda",
                        "create-event-source-mapping",
                        "--topics",
                        TOPIC,
                        "--function-name",
                        FUNCTION,
                        "--self-managed-event-source",
                        "{\"Endpoints\":{\"KAFKA_BOOTSTRAP_SERVERS\":[\"" + broker.bootstrapServers() + "\"]}}",
                        "--bisect-batch-on-function-error",
                        "--maximum-retry-attempts",
                        "1",
                        "--destination-config",
                        "{\"OnFailure\":{\"Destination\":\"" + destination + "\"}}");
    }
}
