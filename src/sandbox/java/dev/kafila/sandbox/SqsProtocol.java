package dev.kafila.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * SendMessage, ReceiveMessage, DeleteMessage and GetQueueUrl of SQS, in JSON as clients of today ask, and with a form, as those before 2024
 * do.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SendMessage</a>
 */
final class SqsProtocol {
    static final String SERVICE = "sqs";
    static final String TARGET_PREFIX = "AmazonSQS.";

    private static final String NAMESPACE = "http://queue.amazonaws.com/doc/2012-11-05/";
    private static final Answer UNKNOWN = Answer.status(400, "InvalidAction", "The sandbox does not know it");

    private final SandboxMessages queues;

    SqsProtocol(SandboxMessages queues) {
        this.queues = queues;
    }

    /** What is asked for, whichever way it was. */
    private record Call(AwsRequest request, boolean json, String action, Map<String, String> members) {
        String queue() {
            String url = members.getOrDefault("QueueUrl", "");
            return url.substring(url.lastIndexOf('/') + 1);
        }

        String account() {
            String[] path = members.getOrDefault("QueueUrl", "").split("/", -1);
            return path.length < 2 ? "" : path[path.length - 2];
        }

        int number(String name, int otherwise) {
            return Integer.parseInt(members.getOrDefault(name, String.valueOf(otherwise)));
        }
    }

    AwsReply handle(AwsRequest request) {
        Call call = call(request);
        Optional<Answer> unsigned = Signature.refusal(request, SERVICE);
        if (unsigned.isPresent()) {
            return error(call, unsigned.get(), () -> {});
        }
        return switch (call.action()) {
            case "SendMessage" -> send(call);
            case "ReceiveMessage" -> queues.has(call.queue()) ? receive(call) : missing(call);
            case "DeleteMessage" -> queues.has(call.queue()) ? delete(call) : missing(call);
            case "GetQueueUrl" -> url(call);
            default -> error(call, UNKNOWN, () -> {});
        };
    }

    private static Call call(AwsRequest request) {
        if (QueryProtocol.speaks(request)) {
            Map<String, String> form = QueryProtocol.form(request);
            return new Call(request, false, form.getOrDefault("Action", ""), form);
        }
        Map<String, String> members = new TreeMap<>();
        try {
            JsonNode body = JsonText.MAPPER.readTree(request.body().asByteArrayUnsafe());
            body.properties()
                    .forEach(member ->
                            members.put(member.getKey(), member.getValue().asText()));
        } catch (IOException e) {
            return new Call(request, true, "", members);
        }
        String target = request.header("x-amz-target").orElse("");
        return new Call(request, true, target.substring(TARGET_PREFIX.length()), members);
    }

    private AwsReply send(Call call) {
        SentMessage message = new SentMessage(
                call.queue(),
                call.account(),
                call.members().getOrDefault("MessageBody", ""),
                call.members().get("MessageGroupId"),
                call.members().get("MessageDeduplicationId"),
                Signature.of(call.request()).orElse(null),
                Instant.now(),
                UUID.randomUUID().toString());
        Answer answer = queues.send(message);
        if (answer.kind() == Answer.Kind.ERROR) {
            return error(call, answer, queues::answered);
        }
        // A connection that breaks says nothing about the message: here it was not taken.
        String id = answer.delivers() ? queues.keep(message).id() : message.id();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("MessageId", id);
        members.put("MD5OfMessageBody", ObjectChecks.md5(message.body()));
        return reply(call, answer, members, queues::answered);
    }

    private AwsReply receive(Call call) {
        List<Map<String, Object>> messages = new ArrayList<>();
        queues.take(call.queue(), call.number("MaxNumberOfMessages", 1), call.number("VisibilityTimeout", 30))
                .forEach((receipt, message) -> {
                    Map<String, Object> members = new LinkedHashMap<>();
                    members.put("MessageId", message.id());
                    members.put("ReceiptHandle", receipt);
                    members.put("MD5OfBody", ObjectChecks.md5(message.body()));
                    members.put("Body", message.body());
                    messages.add(members);
                });
        return reply(call, Answer.ok(), messages.isEmpty() ? Map.of() : Map.of("Messages", messages), () -> {});
    }

    private AwsReply delete(Call call) {
        queues.delete(call.queue(), call.members().getOrDefault("ReceiptHandle", ""));
        return reply(call, Answer.ok(), Map.of(), () -> {});
    }

    private AwsReply url(Call call) {
        String queue = call.members().getOrDefault("QueueName", "");
        String account = call.members().getOrDefault("QueueOwnerAWSAccountId", "000000000000");
        String url = "http://" + call.request().header("host").orElseThrow() + "/" + account + "/" + queue;
        return queues.has(queue) ? reply(call, Answer.ok(), Map.of("QueueUrl", url), () -> {}) : missing(call);
    }

    private AwsReply missing(Call call) {
        return error(call, queues.missing(), () -> {});
    }

    private static AwsReply reply(Call call, Answer answer, Map<String, Object> members, Runnable finished) {
        if (call.json()) {
            return new AwsReply(answer, 200, jsonHeaders(), JsonText.write(members), finished);
        }
        StringBuilder xml = new StringBuilder();
        members.forEach((name, value) -> append(xml, name, value));
        String text = "<%sResponse xmlns=\"%s\"><%sResult>%s</%sResult></%sResponse>"
                .formatted(call.action(), NAMESPACE, call.action(), xml, call.action(), call.action());
        return new AwsReply(answer, 200, QueryProtocol.headers(), text, finished);
    }

    /** Elements of a list stand side by side, each under the list's name in the singular. */
    private static void append(StringBuilder xml, String name, Object value) {
        if (value instanceof List<?> list) {
            list.forEach(element -> append(xml, name.substring(0, name.length() - 1), element));
            return;
        }
        xml.append('<').append(name).append('>');
        if (value instanceof Map<?, ?> members) {
            members.forEach((member, inner) -> append(xml, String.valueOf(member), inner));
        } else {
            xml.append(QueryProtocol.escaped(String.valueOf(value)));
        }
        xml.append("</").append(name).append('>');
    }

    private static AwsReply error(Call call, Answer answer, Runnable finished) {
        if (!call.json() || answer.errorType() == null) {
            return QueryProtocol.error(NAMESPACE, answer, finished);
        }
        // The name that the form knows it by is what clients show, see "AWS query-compatible error".
        String type = answer.errorType().endsWith("NonExistentQueue") ? "QueueDoesNotExist" : answer.errorType();
        Map<String, String> headers = jsonHeaders();
        headers.put("x-amzn-query-error", answer.errorType() + ";Sender");
        String text =
                JsonText.write(new TreeMap<>(Map.of("__type", "com.amazonaws.sqs#" + type, "message", answer.body())));
        return new AwsReply(answer, answer.status(), headers, text, finished);
    }

    private static Map<String, String> jsonHeaders() {
        return new TreeMap<>(Map.of(
                "Content-Type",
                "application/x-amz-json-1.0",
                "x-amzn-RequestId",
                UUID.randomUUID().toString()));
    }
}
