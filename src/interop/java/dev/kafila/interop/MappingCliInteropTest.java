package dev.kafila.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.mapping.api.ApiFixture;
import dev.kafila.settings.MappingSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The API as AWS's own command line sees it, with the commands of AWS's guide as they are printed there. */
class MappingCliInteropTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String FUNCTION = "arn:aws:lambda:us-east-1:01234567890:function:my-kafka-function";
    private static final String SECRET = "arn:aws:secretsmanager:us-east-1:01234567890:secret:MyBrokerSecretName";
    private static final String BROKERS =
            "{\"Endpoints\":{\"KAFKA_BOOTSTRAP_SERVERS\":[\"abc3.xyz.com:9092\", \"abc2.xyz.com:9092\"]}}";

    private static final MappingSettings.Allowed ALLOWED = new MappingSettings.Allowed(
            List.of("abc3.xyz.com:9092", "abc2.xyz.com:9092"),
            Map.of(),
            List.of(),
            Map.of(),
            List.of(SECRET),
            List.of(FUNCTION),
            List.of("*"));

    private static final List<String> SASL = List.of(
            "create-event-source-mapping",
            "--topics",
            "AWSKafkaTopic",
            "--source-access-configuration",
            "Type=SASL_SCRAM_512_AUTH,URI=" + SECRET,
            "--function-name",
            FUNCTION,
            "--self-managed-event-source",
            BROKERS);

    private static final List<String> VPC = List.of(
            "create-event-source-mapping",
            "--topics",
            "AWSKafkaTopic",
            "--source-access-configuration",
            "[{\"Type\": \"VPC_SUBNET\", \"URI\": \"subnet:subnet-0011001100\"}, {\"Type\": \"VPC_SUBNET\", \"URI\":"
                    + " \"subnet:subnet-0022002200\"}, {\"Type\": \"VPC_SECURITY_GROUP\", \"URI\": \"security_group:sg-0123456789\"}]",
            "--function-name",
            FUNCTION,
            "--self-managed-event-source",
            BROKERS);

    static Stream<Map<String, String>> keys() {
        return Stream.of(Map.of(), Map.of("INTEROP", "interop"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void theCommandsOfTheGuideWork(Map<String, String> accessKeys) throws Exception {
        try (ApiFixture api = ApiFixture.start(ALLOWED, accessKeys)) {
            AwsCli cli = AwsCli.of(api.endpoint());

            JsonNode created = run(cli, SASL);

            String uuid = created.path("UUID").asText();
            assertThat(created.path("State").asText()).isEqualTo("Creating");
            assertThat(created.path("FunctionArn").asText()).isEqualTo(FUNCTION);
            assertThat(created.path("StartingPosition").asText()).isEqualTo("TRIM_HORIZON");
            assertThat(created.at("/SourceAccessConfigurations/0/URI").asText()).isEqualTo(SECRET);
            assertThat(created.path("LastModified").asText()).startsWith("20");
            assertThat(run(cli, "get-event-source-mapping", "--uuid", uuid)).isEqualTo(created);
            assertThat(run(cli, "list-event-source-mappings", "--function-name", FUNCTION)
                            .at("/EventSourceMappings/0"))
                    .isEqualTo(created);
            JsonNode updated =
                    run(cli, "update-event-source-mapping", "--uuid", uuid, "--no-enabled", "--batch-size", "10");
            assertThat(updated.path("State").asText()).isEqualTo("Disabling");
            assertThat(updated.path("BatchSize").asInt()).isEqualTo(10);
            assertThat(run(cli, "delete-event-source-mapping", "--uuid", uuid)
                            .path("State")
                            .asText())
                    .isEqualTo("Deleting");
        }
    }

    @Test
    void subnetsAndSecurityGroupsAreTaken() throws Exception {
        try (ApiFixture api = ApiFixture.start(ALLOWED, Map.of())) {
            JsonNode created = run(AwsCli.of(api.endpoint()), VPC);

            assertThat(created.path("State").asText()).isEqualTo("Creating");
            assertThat(created.path("SourceAccessConfigurations")).hasSize(3);
        }
    }

    @Test
    void pagesAreTurned() throws Exception {
        try (ApiFixture api = ApiFixture.start(ALLOWED, Map.of("INTEROP", "interop"))) {
            AwsCli cli = AwsCli.of(api.endpoint());
            for (String topic : List.of("a", "b", "c")) {
                run(
                        cli,
                        "create-event-source-mapping",
                        "--topics",
                        topic,
                        "--function-name",
                        FUNCTION,
                        "--self-managed-event-source",
                        BROKERS);
            }

            assertThat(run(cli, "list-event-source-mappings", "--page-size", "2")
                            .path("EventSourceMappings"))
                    .hasSize(3);
        }
    }

    @Test
    void tagsAreReadAndChanged() throws Exception {
        try (ApiFixture api = ApiFixture.start(ALLOWED, Map.of("INTEROP", "interop"))) {
            AwsCli cli = AwsCli.of(api.endpoint());
            String arn = run(cli, SASL).path("EventSourceMappingArn").asText();
            if (arn.isEmpty()) {
                // This version of the command line does not print it.
                arn = "arn:aws:lambda:eu-central-1:123456789012:event-source-mapping:"
                        + run(cli, "list-event-source-mappings")
                                .at("/EventSourceMappings/0/UUID")
                                .asText();
            }

            cli.run("lambda", "tag-resource", "--resource", arn, "--tags", "team=shop,stage=live");
            cli.run("lambda", "untag-resource", "--resource", arn, "--tag-keys", "stage");

            assertThat(run(cli, "list-tags", "--resource", arn).path("Tags"))
                    .isEqualTo(JSON.createObjectNode().put("team", "shop"));
        }
    }

    @Test
    void refusalsAreTheErrorsThatAwsNames() throws Exception {
        try (ApiFixture api = ApiFixture.start(ALLOWED, Map.of())) {
            AwsCli cli = AwsCli.of(api.endpoint());

            assertThat(failure(cli, "get-event-source-mapping", "--uuid", "dh38738e-992b-343a-1077-3478934hjkfd7"))
                    .contains("(ResourceNotFoundException)", "GetEventSourceMapping");
            String uuid = run(cli, SASL).path("UUID").asText();
            assertThat(cli.failure(command(SASL))).contains("(ResourceConflictException)", uuid);
            assertThat(failure(cli, "update-event-source-mapping", "--uuid", uuid, "--batch-size", "0"))
                    .contains("BatchSize");
            assertThat(failure(cli, "update-event-source-mapping", "--uuid", uuid, "--function-name", "other"))
                    .contains("(InvalidParameterValueException)", "kafila.mapping.functions");
            run(cli, "delete-event-source-mapping", "--uuid", uuid);
            assertThat(failure(cli, "update-event-source-mapping", "--uuid", uuid, "--batch-size", "5"))
                    .contains("(ResourceInUseException)");
        }
    }

    @Test
    void anotherKeyAndAnotherSecretAreRefused() throws Exception {
        try (ApiFixture api = ApiFixture.start(ALLOWED, Map.of("OTHER", "interop"))) {
            assertThat(AwsCli.of(api.endpoint()).failure(command(SASL))).contains("(UnrecognizedClientException)");
        }
        try (ApiFixture api = ApiFixture.start(ALLOWED, Map.of("INTEROP", "other"))) {
            assertThat(AwsCli.of(api.endpoint()).failure(command(SASL))).contains("(InvalidSignatureException)");
            assertThat(AwsCli.of(api.endpoint()).failure("lambda", "list-event-source-mappings", "--no-sign-request"))
                    .contains("(MissingAuthenticationTokenException)");
        }
    }

    private static JsonNode run(AwsCli cli, String... arguments) throws Exception {
        return run(cli, List.of(arguments));
    }

    private static JsonNode run(AwsCli cli, List<String> arguments) throws Exception {
        return JSON.readTree(cli.run(command(arguments)));
    }

    private static String failure(AwsCli cli, String... arguments) throws Exception {
        return cli.failure(command(List.of(arguments)));
    }

    private static String[] command(List<String> arguments) {
        return Stream.concat(Stream.of("lambda"), arguments.stream()).toArray(String[]::new);
    }
}
