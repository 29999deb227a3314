package dev.kafila.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a client of Kafka needs of Secrets Manager, in JSON 1.1: GetSecretValue. */
final class SecretsProtocol {
    static final String TARGET_PREFIX = "secretsmanager.";

    private static final Answer UNREADABLE = Answer.status(400, "SerializationException", "The body is not JSON");
    private static final Answer UNKNOWN =
            Answer.status(400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");

    private final SandboxSecrets secrets;

    SecretsProtocol(SandboxSecrets secrets) {
        this.secrets = secrets;
    }

    AwsReply handle(AwsRequest request) {
        Optional<Answer> unsigned = Signature.refusal(request, "secretsmanager");
        if (unsigned.isPresent()) {
            return error(unsigned.get(), () -> {});
        }
        if (!request.header("x-amz-target").orElse("").equals(TARGET_PREFIX + "GetSecretValue")) {
            return error(Answer.status(400, "UnknownOperationException", "The sandbox does not know it"), () -> {});
        }
        JsonNode body;
        try {
            body = JsonText.MAPPER.readTree(request.body().asByteArrayUnsafe());
        } catch (IOException malformed) {
            return error(UNREADABLE, () -> {});
        }
        return answer(request, body.path("SecretId").asText());
    }

    private AwsReply answer(AwsRequest request, String arn) {
        Signature signature = Signature.of(request).orElseThrow();
        SecretRequest asked = new SecretRequest(arn, signature.region(), signature.accessKeyId(), Instant.now());
        Optional<String> found = secrets.get(arn);
        Answer answer = found.isPresent() ? secrets.receive(asked) : secrets.refuse(asked, UNKNOWN);
        if (answer.kind() == Answer.Kind.ERROR) {
            return error(answer, secrets::answered);
        }
        String text = answer.body() == null
                ? JsonText.write(Map.of("ARN", arn, "SecretString", found.orElse("")))
                : answer.body();
        return new AwsReply(answer, 200, headers(), text, secrets::answered);
    }

    private static AwsReply error(Answer answer, Runnable finished) {
        String text = JsonText.write(Map.of(
                "__type",
                answer.errorType(),
                "Message",
                Optional.ofNullable(answer.body()).orElse("")));
        return new AwsReply(answer, answer.status(), headers(), text, finished);
    }

    private static Map<String, String> headers() {
        return Map.of(
                "Content-Type",
                "application/x-amz-json-1.1",
                "x-amzn-RequestId",
                UUID.randomUUID().toString());
    }
}
