package dev.kafila.sandbox;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Publish of SNS.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>
 */
final class SnsProtocol {
    static final String SERVICE = "sns";

    private static final String NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/";
    private static final Pattern TOPIC =
            Pattern.compile("arn:aws[\\w-]*:sns:([a-z0-9-]+):(\\d{12}):([\\w-]+(?:\\.fifo)?)");

    private final SandboxMessages topics;

    SnsProtocol(SandboxMessages topics) {
        this.topics = topics;
    }

    AwsReply handle(AwsRequest request) {
        Optional<Answer> unsigned = Signature.refusal(request, SERVICE);
        if (unsigned.isPresent()) {
            return error(unsigned.get(), () -> {});
        }
        Map<String, String> form = QueryProtocol.form(request);
        if (!"Publish".equals(form.get("Action"))) {
            return error(Answer.status(400, "InvalidAction", "The sandbox knows Publish only"), () -> {});
        }
        Matcher topic = TOPIC.matcher(form.getOrDefault("TopicArn", ""));
        if (!topic.matches()) {
            return error(Answer.status(400, "InvalidParameter", "Invalid parameter: TopicArn"), () -> {});
        }
        Signature signature = Signature.of(request).orElseThrow();
        if (!signature.region().equals(topic.group(1))) {
            return error(Answer.status(400, "InvalidParameter", "Invalid parameter: TopicArn"), () -> {});
        }
        return publish(new SentMessage(
                topic.group(3),
                topic.group(2),
                form.getOrDefault("Message", ""),
                form.get("MessageGroupId"),
                form.get("MessageDeduplicationId"),
                signature,
                Instant.now(),
                UUID.randomUUID().toString()));
    }

    private AwsReply publish(SentMessage message) {
        Answer answer = topics.send(message);
        if (answer.kind() == Answer.Kind.ERROR) {
            return error(answer, topics::answered);
        }
        // A connection that breaks says nothing about the message: here it was not taken.
        String id = answer.delivers() ? topics.keep(message).id() : message.id();
        String text =
                "<PublishResponse xmlns=\"%s\"><PublishResult><MessageId>%s</MessageId></PublishResult></PublishResponse>"
                        .formatted(NAMESPACE, id);
        return new AwsReply(answer, 200, QueryProtocol.headers(), text, topics::answered);
    }

    private static AwsReply error(Answer answer, Runnable finished) {
        return QueryProtocol.error(NAMESPACE, answer, finished);
    }
}
