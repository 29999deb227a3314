package dev.kafila.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.sandbox.Invocation;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import dev.kafila.schema.GlueRecords;
import dev.kafila.schema.RegistryServer;
import dev.kafila.schema.SharedRegistry;
import dev.kafila.schema.Wire;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.EndPointType;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaValidationAttribute;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaValidationConfig;
import software.amazon.awssdk.services.lambda.model.SchemaRegistryEventRecordFormat;

/** Event source mappings made by AWS's own clients, with what their requests are signed with, and records that flow after that. */
@ExtendWith(SharedRegistry.class)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class MappingFlowInteropTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOPIC = "AWSKafkaTopic";
    private static final String FUNCTION = "my-kafka-function";
    /** The document's own has an account of eleven digits, which AWS does not invoke. */
    private static final String FUNCTION_ARN = "arn:aws:lambda:us-east-1:012345678901:function:" + FUNCTION;

    private final RegistryServer registry;
    private final SandboxBroker broker = SandboxBroker.startSecured();
    private final SandboxAws aws = SandboxAws.start();

    @TempDir
    private Path directory;

    private Application application;
    private URI api;
    private AwsCli cli;

    MappingFlowInteropTest(RegistryServer registry) {
        this.registry = registry;
    }

    @BeforeEach
    void start() throws Exception {
        broker.createTopic(TOPIC, 4);
        aws.declareFunctions(FUNCTION);
        Map<String, String> settings = new HashMap<>(Map.of(
                "kafila.kafka.brokers", broker.bootstrapServers(),
                "kafila.aws.endpoint", aws.endpoint().toString(),
                "kafila.aws.region", "us-east-1",
                "kafila.aws.access-key-id", "test",
                "kafila.aws.secret-access-key", "test"));
        Map.of(
                        "enabled",
                        "true",
                        "port",
                        "0",
                        "account",
                        "012345678901",
                        "access-keys.INTEROP",
                        "interop",
                        "brokers",
                        broker.bootstrapServers() + "," + broker.scramBootstrap(),
                        "registries",
                        registry.confluent().toString(),
                        "secrets.MyBrokerSecretName.username",
                        broker.user(),
                        "secrets.MyBrokerSecretName.password",
                        broker.password(),
                        "secrets.broker-ca.certificate",
                        Files.readString(broker.caFile()))
                .forEach((name, value) -> settings.put("kafila.mapping." + name, value));
        application = new Workplace(directory).start(settings);
        api = URI.create("http://127.0.0.1:" + application.mappingPort().getAsInt());
        cli = AwsCli.of(api);
    }

    @AfterEach
    void stop() throws Exception {
        application.close();
        aws.close();
        broker.close();
    }

    @Test
    void theCommandForScramMakesAMappingAndRecordsFlow() throws Exception {
        send("before".getBytes(UTF_8));

        String uuid = uuid(cli.run(
                "lambda",
                "create-event-source-mapping",
                "--topics",
                TOPIC,
                "--source-access-configuration",
                "Type=SASL_SCRAM_512_AUTH,URI=arn:aws:secretsmanager:us-east-1:01234567890:secret:MyBrokerSecretName",
                "Type=SERVER_ROOT_CA_CERTIFICATE,URI=broker-ca",
                "--function-name",
                FUNCTION_ARN,
                "--self-managed-event-source",
                endpoints(broker.scramBootstrap())));

        soon().until(() -> values().equals(List.of("before")));
        assertThat(cli.run("lambda", "get-event-source-mapping", "--uuid", uuid))
                .contains("MyBrokerSecretName")
                .doesNotContain(broker.password());
        soon().until(() -> member(uuid, "State").equals("Enabled"));
    }

    @Test
    void theCommandForAVpcMakesAMappingThatOtherCommandsShowChangeAndDelete() throws Exception {
        send("first".getBytes(UTF_8));

        String uuid = uuid(cli.run(
                "lambda",
                "create-event-source-mapping",
                "--topics",
                TOPIC,
                "--source-access-configuration",
                "[{\"Type\": \"VPC_SUBNET\", \"URI\": \"subnet:subnet-0011001100\"}, {\"Type\": \"VPC_SUBNET\", \"URI\":"
                        + " \"subnet:subnet-0022002200\"}, {\"Type\": \"VPC_SECURITY_GROUP\", \"URI\": \"security_group:sg-0123456789\"}]",
                "--function-name",
                FUNCTION_ARN,
                "--self-managed-event-source",
                endpoints(broker.bootstrapServers())));

        soon().until(() -> values().equals(List.of("first")));
        assertThat(cli.run("lambda", "list-event-source-mappings", "--function-name", FUNCTION))
                .contains(uuid);
        cli.run("lambda", "update-event-source-mapping", "--uuid", uuid, "--no-enabled", "--batch-size", "10");
        soon().until(() -> member(uuid, "State").equals("Disabled"));
        send("second".getBytes(UTF_8));
        cli.run("lambda", "update-event-source-mapping", "--uuid", uuid, "--enabled");
        soon().until(() -> values().equals(List.of("first", "second")));
        soon().until(() -> member(uuid, "LastProcessingResult").equals("OK"));
        cli.run("lambda", "delete-event-source-mapping", "--uuid", uuid);
        soon().untilAsserted(() -> assertThat(cli.failure("lambda", "get-event-source-mapping", "--uuid", uuid))
                .contains("(ResourceNotFoundException)"));
    }

    @Test
    void theSdkMakesAMappingWithPollersAndASchemaRegistryWhichThatCommandLineDoesNotKnow() throws Exception {
        int id = registry.avro("users-" + System.nanoTime(), GlueRecords.USER.toString());
        send(Wire.confluent(id, new byte[] {14, 6, 'a', 'n', 'n'}));

        try (LambdaClient lambda = LambdaClient.builder()
                .endpointOverride(api)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("INTEROP", "interop")))
                .httpClient(ApacheHttpClient.create())
                .build()) {
            CreateEventSourceMappingResponse made =
                    lambda.createEventSourceMapping(request -> request.functionName(FUNCTION)
                            .topics(TOPIC)
                            .selfManagedEventSource(source -> source.endpoints(
                                    Map.of(EndPointType.KAFKA_BOOTSTRAP_SERVERS, List.of(broker.bootstrapServers()))))
                            .provisionedPollerConfig(
                                    pollers -> pollers.minimumPollers(2).maximumPollers(4))
                            .selfManagedKafkaEventSourceConfig(config -> config.consumerGroupId("interop")
                                    .schemaRegistryConfig(schemas -> schemas.schemaRegistryURI(
                                                    registry.confluent().toString())
                                            .eventRecordFormat(SchemaRegistryEventRecordFormat.JSON)
                                            .schemaValidationConfigs(List.of(KafkaSchemaValidationConfig.builder()
                                                    .attribute(KafkaSchemaValidationAttribute.VALUE)
                                                    .build())))));

            soon().until(() -> values().equals(List.of("{\"id\":7,\"name\":\"ann\"}")));
            assertThat(lambda.getEventSourceMapping(request -> request.uuid(made.uuid()))
                            .provisionedPollerConfig()
                            .maximumPollers())
                    .isEqualTo(4);
            assertThat(broker.committed("interop")).hasSize(4);
        }
    }

    private static String endpoints(String brokers) {
        return "{\"Endpoints\":{\"KAFKA_BOOTSTRAP_SERVERS\":[\"" + brokers + "\"]}}";
    }

    private static String uuid(String printed) throws Exception {
        JsonNode mapping = JSON.readTree(printed);
        assertThat(mapping.path("State").asText()).isEqualTo("Creating");
        return mapping.path("UUID").asText();
    }

    private String member(String uuid, String name) throws Exception {
        return JSON.readTree(cli.run("lambda", "get-event-source-mapping", "--uuid", uuid))
                .path(name)
                .asText();
    }

    private void send(byte[] value) throws Exception {
        broker.producer().send(new ProducerRecord<>(TOPIC, 0, null, value)).get();
    }

    private List<String> values() throws Exception {
        List<String> values = new ArrayList<>();
        for (Invocation invocation : aws.function(FUNCTION).delivered()) {
            for (JsonNode records : JSON.readTree(invocation.text()).path("records")) {
                records.forEach(record -> values.add(new String(
                        Base64.getDecoder().decode(record.path("value").asText()), UTF_8)));
            }
        }
        return values;
    }

    private static ConditionFactory soon() {
        return await().atMost(60, TimeUnit.SECONDS);
    }
}
