package dev.kafila.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.EventEntry;
import dev.kafila.sandbox.Invocation;
import dev.kafila.sandbox.SandboxAws;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox's AWS, which every other test relies on, as AWS's own command line sees it. */
class AwsCliInteropTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private SandboxAws aws;
    private AwsCli cli;

    @BeforeEach
    void start() throws Exception {
        aws = SandboxAws.start();
        cli = AwsCli.of(aws.endpoint());
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void anInvocationArrivesAndItsResultComesBack() throws Exception {
        aws.function("on-order").answers(Answer.ok("{\"taken\":1}"));

        JsonNode printed = invoke("on-order", "--qualifier", "live");

        assertThat(printed.path("StatusCode").asInt()).isEqualTo(200);
        assertThat(printed.has("FunctionError")).isFalse();
        assertThat(Files.readString(result())).isEqualTo("{\"taken\":1}");
        Invocation received = aws.function("on-order").delivered().get(0);
        assertThat(received.text()).isEqualTo("{\"order\":\"é\"}");
        assertThat(received.qualifier()).isEqualTo("live");
        assertThat(received.type()).isEqualTo("RequestResponse");
    }

    @Test
    void anAsynchronousInvocationIsAccepted() throws Exception {
        JsonNode printed = invoke("on-order", "--invocation-type", "Event");

        assertThat(printed.path("StatusCode").asInt()).isEqualTo(202);
        assertThat(aws.function("on-order").delivered().get(0).type()).isEqualTo("Event");
    }

    @Test
    void aFunctionErrorIsASuccessOfHttp() throws Exception {
        aws.function("on-order").answers(Answer.functionError("Unhandled"));

        JsonNode printed = invoke("on-order");

        assertThat(printed.path("StatusCode").asInt()).isEqualTo(200);
        assertThat(printed.path("FunctionError").asText()).isEqualTo("Unhandled");
        assertThat(aws.function("on-order").delivered()).isEmpty();
    }

    @Test
    void refusalsAreTheErrorsThatAwsNames() throws Exception {
        aws.declareFunctions("on-order");
        aws.function("on-order").answers(Answer.throttle(), Answer.status(500, "ServiceException"));

        assertThat(invokeInVain("on-order")).contains("(TooManyRequestsException)");
        assertThat(invokeInVain("on-order")).contains("(ServiceException)");
        assertThat(invokeInVain("nobody")).contains("(ResourceNotFoundException)");
    }

    @Test
    void eventsArePutAndTheirErrorsCountedByEntry() throws Exception {
        aws.events().failsEntriesWhen(entry -> entry.source().equals("bad"), "InternalFailure");

        JsonNode printed = JSON.readTree(cli.run(
                "events",
                "put-events",
                "--entries",
                "[{\"Source\":\"good\",\"DetailType\":\"d\",\"Detail\":\"{\\\"a\\\":1}\"},"
                        + "{\"Source\":\"bad\",\"DetailType\":\"d\",\"Detail\":\"{}\"}]"));

        assertThat(printed.path("FailedEntryCount").asInt()).isEqualTo(1);
        assertThat(printed.at("/Entries/0/EventId").asText()).isNotEmpty();
        assertThat(printed.at("/Entries/1/ErrorCode").asText()).isEqualTo("InternalFailure");
        assertThat(aws.events().entries()).hasSize(1);
    }

    @Test
    void aMessageIsSentReceivedAndDeleted() throws Exception {
        String queue = JSON.readTree(cli.run("sqs", "get-queue-url", "--queue-name", "failures"))
                .path("QueueUrl")
                .asText();

        cli.run("sqs", "send-message", "--queue-url", queue, "--message-body", "{\"é\":\"<&>\"}");
        JsonNode received = JSON.readTree(cli.run("sqs", "receive-message", "--queue-url", queue));
        cli.run(
                "sqs",
                "delete-message",
                "--queue-url",
                queue,
                "--receipt-handle",
                received.at("/Messages/0/ReceiptHandle").asText());

        assertThat(received.at("/Messages/0/Body").asText()).isEqualTo("{\"é\":\"<&>\"}");
        assertThat(aws.queues().in("failures")).isEmpty();
        aws.queues().declare("another");
        assertThat(cli.failure("sqs", "receive-message", "--queue-url", queue))
                .contains("(AWS.SimpleQueueService.NonExistentQueue)");
    }

    @Test
    void aMessageIsPublishedToATopic() throws Exception {
        String topic = "arn:aws:sns:eu-central-1:123456789012:failures";

        JsonNode printed = JSON.readTree(cli.run("sns", "publish", "--topic-arn", topic, "--message", "<é>"));

        assertThat(aws.topics().in("failures"))
                .singleElement()
                .satisfies(message -> assertThat(message.body()).isEqualTo("<é>"))
                .satisfies(message ->
                        assertThat(printed.path("MessageId").asText()).isEqualTo(message.id()));
    }

    @Test
    void whatPutEventsRefusesWholeIsAnErrorOfTheCommand() throws Exception {
        aws.events().answers(Answer.rateExceeded(), Answer.status(400, "AccessDeniedException"), Answer.bare(413));
        String[] command = {
            "events", "put-events", "--entries", "[{\"Source\":\"s\",\"DetailType\":\"d\",\"Detail\":\"{}\"}]"
        };

        assertThat(cli.failure(command)).contains("(ThrottlingException)");
        assertThat(cli.failure(command)).contains("(AccessDeniedException)");
        assertThat(cli.failure(command)).contains("(413)");
        String wrong = "[{\"Source\":\"s\",\"DetailType\":\"d\",\"Detail\":\"{}\",\"EventBusName\":\"no bus\"}]";
        assertThat(cli.failure("events", "put-events", "--entries", wrong))
                .contains("(ValidationException)", "entries.1.member.eventBusName");
    }

    @Test
    void anEntryCarriesEverythingThatTheCommandTakes() throws Exception {
        cli.run(
                "events",
                "put-events",
                "--entries",
                "[{\"Source\":\"s\",\"DetailType\":\"d\",\"Detail\":\"{}\",\"EventBusName\":\"orders-bus\",\"Time\":1767323045,"
                        + "\"Resources\":[\"arn:one\"],\"TraceHeader\":\"Root=1\"}]");

        EventEntry taken = aws.events().entries("orders-bus").get(0);
        assertThat(taken.time()).isEqualTo(1767323045.0);
        assertThat(taken.resources()).containsExactly("arn:one");
        assertThat(taken.traceHeader()).isEqualTo("Root=1");
    }

    @Test
    void aGlobalEndpointIsAskedWithASignatureForAllRegions() throws Exception {
        cli.run(
                "events",
                "put-events",
                "--endpoint-id",
                "abcde.veo",
                "--entries",
                "[{\"Source\":\"s\",\"DetailType\":\"d\",\"Detail\":\"{}\"}]");

        assertThat(aws.events().received().get(0).endpointId()).isEqualTo("abcde.veo");
        assertThat(aws.events().received().get(0).signature().region()).isEqualTo("*");
    }

    @Test
    void aBusIsDescribedUnlessItIsNotThere() throws Exception {
        aws.events().declareBus("orders-bus");

        JsonNode printed = JSON.readTree(cli.run("events", "describe-event-bus", "--name", "orders-bus"));

        assertThat(printed.path("Name").asText()).isEqualTo("orders-bus");
        assertThat(printed.path("Arn").asText()).endsWith(":event-bus/orders-bus");
        assertThat(cli.failure("events", "describe-event-bus", "--name", "typo"))
                .contains("(ResourceNotFoundException)", "Event bus typo does not exist.");
        assertThat(cli.failure("events", "describe-event-bus", "--name", "no bus"))
                .contains("(ValidationException)");
    }

    @Test
    void anObjectIsPutWithAChecksumAndComesBack() throws Exception {
        Path content = Files.writeString(directory.resolve("content.json"), "{\"order\":\"é\"}");

        cli.run("s3api", "put-object", "--bucket", "claims", "--key", "a/k", "--body", content.toString());
        cli.run(
                "s3api",
                "put-object",
                "--bucket",
                "claims",
                "--key",
                "checked",
                "--checksum-algorithm",
                "SHA256",
                "--body",
                content.toString());
        cli.run("s3api", "get-object", "--bucket", "claims", "--key", "a/k", result().toString());

        assertThat(Files.readString(result())).isEqualTo("{\"order\":\"é\"}");
        assertThat(aws.buckets().objects("claims")).containsOnlyKeys("a/k", "checked");
        assertThat(aws.buckets().objects("claims").get("checked").checksums()).containsKey("x-amz-checksum-sha256");
    }

    @Test
    void refusalsOfS3AreTheErrorsThatAwsNames() throws Exception {
        Path content = Files.writeString(directory.resolve("content.json"), "{}");
        aws.buckets().declare("claims");
        aws.buckets().answers(Answer.status(503, "SlowDown"));

        assertThat(cli.failure("s3api", "put-object", "--bucket", "claims", "--key", "k", "--body", content.toString()))
                .contains("(SlowDown)");
        assertThat(cli.failure("s3api", "put-object", "--bucket", "typo", "--key", "k", "--body", content.toString()))
                .contains("(NoSuchBucket)");
        assertThat(cli.failure("s3api", "head-bucket", "--bucket", "typo")).contains("(404)");
    }

    @Test
    void aRoleIsAssumed() throws Exception {
        JsonNode printed = JSON.readTree(cli.run(
                "sts",
                "assume-role",
                "--role-arn",
                "arn:aws:iam::123456789012:role/caravan",
                "--role-session-name",
                "interop",
                "--external-id",
                "shared"));

        assertThat(printed.at("/Credentials/SessionToken").asText()).isNotEmpty();
        assertThat(aws.roles().received().get(0).externalId()).isEqualTo("shared");
    }

    private JsonNode invoke(String function, String... more) throws Exception {
        return JSON.readTree(cli.run(invocation(function, more)));
    }

    private String invokeInVain(String function) throws Exception {
        return cli.failure(invocation(function));
    }

    private String[] invocation(String function, String... more) {
        String payload = Base64.getEncoder().encodeToString("{\"order\":\"é\"}".getBytes(StandardCharsets.UTF_8));
        return Stream.concat(
                        Stream.of(
                                "lambda",
                                "invoke",
                                "--function-name",
                                function,
                                "--payload",
                                payload,
                                result().toString()),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private Path result() {
        return directory.resolve("result.json");
    }
}
