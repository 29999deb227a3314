package dev.kafila.mapping.poll;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kafila.aws.AwsClients;
import dev.kafila.aws.AwsFailure;
import dev.kafila.aws.AwsJsonClient;
import dev.kafila.aws.AwsSettings;
import dev.kafila.aws.AwsSettingsException;
import dev.kafila.mapping.Allowance;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** Finds the secrets that mappings name: those of the operator, and those of AWS Secrets Manager that the operator allows. Keeps none. */
final class Secrets {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ARN_REGION = 3;

    /**
     * The fields of a secret for Kafka in Secrets Manager, and what the operator calls them.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/kafka-cluster-auth.html">what AWS reads</a>
     */
    private static final Map<String, String> FIELDS = Map.of(
            "username", "username",
            "password", "password",
            "certificate", "certificate",
            "privateKey", "key",
            "privateKeyPassword", "passphrase");

    private final Allowance allowance;
    private final AwsSettings aws;

    /** @param aws how Secrets Manager is reached, but for the region, which is that of a secret's ARN */
    Secrets(Allowance allowance, AwsSettings aws) {
        this.allowance = allowance;
        this.aws = aws;
    }

    /**
     * What the secret holds now.
     *
     * @param uri a name or an ARN that {@link Allowance#refusal} has let pass
     * @throws SourceException if nobody has it, or can tell
     */
    Secret get(String uri) {
        Optional<Map<String, String>> own = allowance.ownSecret(uri);
        return own.map(fields -> new Secret(uri, fields)).orElseGet(() -> new Secret(uri, fetch(uri)));
    }

    private Map<String, String> fetch(String arn) {
        String region = arn.split(":", -1)[ARN_REGION];
        AwsSettings there = aws.overriddenBy(name -> name.equals("region") ? region : null);
        try (AwsJsonClient client = AwsClients.json("secretsmanager", there, PATIENCE, 1)) {
            String request =
                    JsonNodeFactory.instance.objectNode().put("SecretId", arn).toString();
            return read(arn, client.call("secretsmanager.GetSecretValue", request));
        } catch (IOException e) {
            throw new SourceException(new Problem(
                    null,
                    "PROBLEM: The secret " + arn + " cannot be read now: "
                            + e.getClass().getSimpleName()));
        } catch (SdkException | AwsSettingsException e) {
            throw new SourceException(Problem.configuration("The secret " + arn + " cannot be asked for: "
                    + AwsFailure.of(e).code() + "."));
        }
    }

    private static Map<String, String> read(String arn, AwsJsonClient.Answer answer) {
        JsonNode body = json(answer.body());
        if (answer.status() != 200) {
            String code = answer.errorType().isEmpty() ? body.path("__type").asText() : answer.errorType();
            String name = code.substring(code.lastIndexOf('#') + 1).replaceAll(":.*", "");
            String result = "The secret " + arn + " cannot be read: " + name + " " + answer.status() + ".";
            boolean passing = answer.status() >= 500 || AwsFailure.isThrottle(name);
            throw new SourceException(
                    passing ? new Problem(null, "PROBLEM: " + result) : Problem.configuration(result));
        }
        JsonNode secret = json(body.path("SecretString").asText());
        Map<String, String> fields = new HashMap<>();
        FIELDS.forEach((theirs, ours) -> {
            if (secret.path(theirs).isTextual()) {
                fields.put(ours, secret.get(theirs).textValue());
            }
        });
        if (fields.isEmpty()) {
            throw new SourceException(Problem.configuration("The secret " + arn
                    + " is no JSON object with username and password, or certificate and privateKey."));
        }
        return fields;
    }

    /** An empty object for what is not JSON: what the parser says of it would quote it. */
    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException unreadable) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
