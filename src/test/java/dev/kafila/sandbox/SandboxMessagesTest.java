package dev.kafila.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kafila.aws.AwsClients;
import dev.kafila.aws.AwsSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Through the real clients wherever they can be made to send it. */
@Timeout(60)
class SandboxMessagesTest {
    private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:failures";
    private static final String FORM_SIGNATURE =
            "AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/sqs/aws4_request, SignedHeaders=host, Signature="
                    + "0".repeat(64);

    private final SandboxAws aws = SandboxAws.start();
    private final String queue = aws.endpoint() + "/123456789012/failures";
    private final SqsClient sqs = AwsClients.sqs(settings(), Duration.ofSeconds(20), 2);
    private final SnsClient sns = AwsClients.sns(settings(), Duration.ofSeconds(20), 2);

    @AfterEach
    void close() {
        sqs.close();
        sns.close();
        aws.close();
    }

    @Test
    void aMessageIsReceivedAsItWasSentAndHiddenUntilItIsDeleted() {
        send("{\"é\":\"<&>\"}");

        Message received = receive(30).get(0);

        assertThat(received.body()).isEqualTo("{\"é\":\"<&>\"}");
        assertThat(receive(30)).isEmpty();
        sqs.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(received.receiptHandle()));
        assertThat(aws.queues().in("failures")).isEmpty();
        assertThat(aws.queues().received().get(0).signature().region()).isEqualTo("eu-west-1");
        assertThat(aws.queues().received().get(0).account()).isEqualTo("123456789012");
    }

    @Test
    void aMessageThatIsNotDeletedIsReceivedAgain() {
        send("again");

        assertThat(receive(0)).hasSize(1);
        assertThat(receive(0)).hasSize(1);
    }

    @Test
    void aQueueIsFoundByItsName() {
        aws.queues().declare("failures");

        assertThat(sqs.getQueueUrl(of -> of.queueName("failures").queueOwnerAWSAccountId("123456789012"))
                        .queueUrl())
                .isEqualTo(queue);
        assertThatThrownBy(() -> sqs.getQueueUrl(of -> of.queueName("nobody")))
                .isInstanceOf(QueueDoesNotExistException.class);
    }

    @Test
    void whatIsNotThereTakesNothing() {
        aws.queues().declare("another");
        aws.topics().declare("another");

        QueueDoesNotExistException noQueue = catchThrowableOfType(QueueDoesNotExistException.class, () -> send("lost"));
        assertThat(noQueue.awsErrorDetails().errorCode()).isEqualTo("AWS.SimpleQueueService.NonExistentQueue");
        assertThatThrownBy(() -> receive(0)).isInstanceOf(QueueDoesNotExistException.class);
        assertThatThrownBy(() -> publish("lost")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void theLongestMessageIsCountedInBytes() {
        send("é".repeat(524_288));
        publish("é".repeat(131_072));

        assertThatThrownBy(() -> send("é".repeat(524_288) + "!"))
                .isInstanceOf(SqsException.class)
                .hasMessageContaining("shorter than 1048576 bytes");
        assertThatThrownBy(() -> publish("é".repeat(131_072) + "!"))
                .isInstanceOf(SnsException.class)
                .hasMessageContaining("Message too long");
        assertThatThrownBy(() -> publish("")).isInstanceOf(SnsException.class);
        assertThat(aws.queues().in("failures")).hasSize(1);
        assertThat(aws.topics().in("failures")).hasSize(1);
    }

    @Test
    void aFifoQueueNeedsAGroupAndTakesEachMessageOnce() {
        assertThatThrownBy(() ->
                        sqs.sendMessage(send -> send.queueUrl(queue + ".fifo").messageBody("m")))
                .isInstanceOf(SqsException.class)
                .hasMessageContaining("FIFO");

        String first = sendOnce("once");
        String second = sendOnce("once");

        assertThat(second).isEqualTo(first);
        assertThat(aws.queues().in("failures.fifo")).hasSize(1);
    }

    @Test
    void aPublishedMessageIsKept() {
        publish("<&>é");

        SentMessage published = aws.topics().in("failures").get(0);
        assertThat(published.body()).isEqualTo("<&>é");
        assertThat(published.account()).isEqualTo("123456789012");
    }

    @Test
    void aTopicOfAnotherRegionIsRefused() {
        assertThatThrownBy(() -> sns.publish(to ->
                        to.topicArn(TOPIC.replace("eu-west-1", "us-east-1")).message("m")))
                .isInstanceOf(SnsException.class)
                .hasMessageContaining("TopicArn");
    }

    @Test
    void failuresAreInjected() {
        aws.queues().answers(Answer.status(403, "RequestThrottled"), Answer.bare(503), Answer.truncated());
        aws.topics().answers(Answer.status(429, "Throttled"));

        SqsException throttled = catchThrowableOfType(SqsException.class, () -> send("m"));
        assertThat(throttled.awsErrorDetails().errorCode()).isEqualTo("RequestThrottled");
        assertThat(catchThrowableOfType(SqsException.class, () -> send("m")).statusCode())
                .isEqualTo(503);
        assertThatThrownBy(() -> send("m")).isInstanceOf(SdkClientException.class);
        assertThat(catchThrowableOfType(SnsException.class, () -> publish("m")).statusCode())
                .isEqualTo(429);
        assertThat(aws.queues().in("failures")).isEmpty();
        assertThat(aws.queues().count()).isEqualTo(3);
        assertThat(aws.queues().inFlight()).isZero();
    }

    /** As clients did until 2023, and Debian's AWS CLI does. */
    @Test
    void aQueueIsAskedWithAFormAsWell() throws Exception {
        String sent = form("Action=SendMessage&QueueUrl=" + queue + "&MessageBody=%3C%26%3E%C3%A9");
        String received = form("Action=ReceiveMessage&QueueUrl=" + queue + "&MaxNumberOfMessages=10");

        assertThat(sent).startsWith("<SendMessageResponse ").contains("<MD5OfMessageBody>");
        assertThat(received)
                .startsWith("<ReceiveMessageResponse ")
                .contains("<ReceiveMessageResult><Message><MessageId>", "<Body>&lt;&amp;&gt;é</Body>");
        assertThat(form("Action=ListQueues")).contains("<Code>InvalidAction</Code>");
    }

    @Test
    void whatIsNotSignedIsRefused() throws Exception {
        HttpRequest unsigned = HttpRequest.newBuilder(URI.create(queue))
                .header("X-Amz-Target", "AmazonSQS.SendMessage")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();

        assertThat(send(unsigned).statusCode()).isEqualTo(403);
    }

    private String form(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(queue))
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .header("Authorization", FORM_SIGNATURE)
                .header("X-Amz-Date", "20260101T000000Z")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return send(request).body();
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void send(String body) {
        sqs.sendMessage(send -> send.queueUrl(queue).messageBody(body));
    }

    private String sendOnce(String id) {
        return sqs.sendMessage(send -> send.queueUrl(queue + ".fifo")
                        .messageBody("m")
                        .messageGroupId("g")
                        .messageDeduplicationId(id))
                .messageId();
    }

    private void publish(String message) {
        sns.publish(to -> to.topicArn(TOPIC).message(message));
    }

    private List<Message> receive(int secondsHidden) {
        return sqs.receiveMessage(
                        from -> from.queueUrl(queue).maxNumberOfMessages(10).visibilityTimeout(secondsHidden))
                .messages();
    }

    private AwsSettings settings() {
        return AwsSettings.of(Map.of(
                "region", "eu-west-1",
                "endpoint", aws.endpoint().toString(),
                "access-key-id", "AKIDSANDBOX",
                "secret-access-key", "secret")::get);
    }
}
