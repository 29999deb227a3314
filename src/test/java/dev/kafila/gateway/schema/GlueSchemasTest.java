package dev.kafila.gateway.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.kafila.aws.AwsSettings;
import dev.kafila.aws.AwsSettingsException;
import dev.kafila.gateway.request.RequestException;
import dev.kafila.gateway.schema.SchemaOptions.Framing;
import dev.kafila.gateway.schema.SchemaOptions.Source;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SchemaRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas of the sandbox's Glue. */
class GlueSchemasTest {
    private static final String ORDER = "syntax = \"proto3\"; package shop; message Order { int32 id = 1; }";
    private static final String NAME = "schema orders of the registry default-registry";

    private SandboxAws aws;

    @BeforeEach
    void start() {
        aws = SandboxAws.start();
        aws.schemas().create("orders", "PROTOBUF");
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void theLatestVersionIsAskedForByTheNameOfTheTopic() throws Exception {
        aws.schemas().register("orders", ORDER);
        aws.schemas().register("orders", ORDER.replace("}", "string note = 2; }"));

        TopicSchema schema = find("orders", Framing.RAW);

        assertThat(schema.name()).isEqualTo(NAME);
        assertThat(schema.message().getFullName()).isEqualTo("shop.Order");
        assertThat(schema.message().findFieldByName("note")).isNotNull();
        assertThat(schema.frame().isEmpty()).isTrue();
        assertThat(aws.schemas().received())
                .extracting(SchemaRequest::operation, SchemaRequest::subject, SchemaRequest::signedBy)
                .containsExactly(tuple("GetSchemaVersion", "orders", "AKIDGATEWAY"));
    }

    @Test
    void theRegistryOfTheSettingsIsTheOneThatIsAsked() throws Exception {
        aws.schemas().create("shop", "orders", "PROTOBUF");
        aws.schemas().register("orders", ORDER);
        AwsSettings settings = TestOptions.glue(aws, Framing.RAW, Map.of()).aws();

        try (TopicSchemas schemas = TopicSchemas.of(options(settings, "shop"))) {
            assertThat(schemas.find("orders").name()).isEqualTo("schema orders of the registry shop");
        }
    }

    @Test
    void aVersionThatWasRegisteredSinceIsFoundForAnUnknownField() throws Exception {
        aws.schemas().register("orders", ORDER);
        try (TopicSchemas schemas = open(Framing.GLUE)) {
            TopicSchema known = schemas.find("orders");
            aws.schemas().register("orders", ORDER.replace("}", "string note = 2; }"));

            TopicSchema newer = schemas.newerThan(known);

            assertThat(newer.message().findFieldByName("note")).isNotNull();
            assertThat(newer.frame()).isNotEqualTo(known.frame());
        }
    }

    @Test
    void aSchemaThatIsNotInTheRegistryIsAnswered400WithBothNames() {
        aws.schemas().create("elsewhere", "returns", "PROTOBUF");
        aws.schemas().register("returns", ORDER);

        assertThat(refusal("nothing").status()).isEqualTo(400);
        assertThat(refusal("nothing"))
                .hasMessage("There is no schema nothing of the registry default-registry: EntityNotFoundException");
        assertThat(refusal("returns").status()).isEqualTo(400);
    }

    @Test
    void anotherKindOfSchemaIsAnswered400() {
        aws.schemas().create("users", "AVRO");
        aws.schemas().register("users", "\"string\"");
        aws.schemas().register("orders", "message {");

        assertThat(refusal("users").status()).isEqualTo(400);
        assertThat(refusal("users"))
                .hasMessage("The schema users of the registry default-registry is of AVRO and not of PROTOBUF");
        assertThat(refusal("orders").status()).isEqualTo(400);
        assertThat(refusal("orders")).hasMessage("The " + NAME + " is no schema of PROTOBUF that can be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ThrottlingException", "AccessDeniedException", "InternalServiceException"})
    void aRegistryThatDoesNotAnswerIsNoFaultOfTheSender(String error) {
        aws.schemas().register("orders", ORDER);
        aws.schemas().answers(Answer.status(400, error, "arn:aws:iam::123456789012:role/kafila is not authorized"));

        RequestException refusal = refusal("orders");

        assertThat(refusal.status()).isEqualTo(500);
        assertThat(refusal).hasMessage("Error message: AWS Glue does not give " + NAME + ": HTTP 400 " + error);
    }

    @Test
    void aVersionThatIsNotAvailableOrNotToldWhollyIsNoFaultOfTheSender() {
        aws.schemas().register("orders", ORDER);
        String version = "{\"SchemaDefinition\":\"message A {}\",\"DataFormat\":\"PROTOBUF\",";
        aws.schemas()
                .answers(
                        Answer.ok(version + "\"Status\":\"PENDING\"}"),
                        Answer.ok(version + "\"Status\":\"AVAILABLE\",\"SchemaVersionId\":\"7\"}"),
                        Answer.ok(version + "\"SchemaVersionId\":\"7\"}"),
                        Answer.ok("{}"),
                        Answer.truncated(),
                        Answer.reset());

        assertThat(refusal("orders"))
                .hasMessage("Error message: The latest version of the " + NAME + " is PENDING and not AVAILABLE");
        for (int i = 0; i < 5; i++) {
            assertThat(refusal("orders").status()).isEqualTo(500);
        }
    }

    @Test
    void settingsThatDoNotFitTogetherAreRefusedAtTheStart() {
        AwsSettings noSecret = AwsSettings.of(Map.of("region", "us-east-1", "access-key-id", "AKIDGATEWAY")::get);
        SchemaOptions options = options(noSecret, "default-registry");

        assertThatThrownBy(() -> TopicSchemas.of(options)).isInstanceOf(AwsSettingsException.class);
    }

    @Test
    void theFrameOfAnotherRegistryIsRefusedAtTheStart() {
        assertThatThrownBy(() -> open(Framing.CONFLUENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("framing: confluent");
    }

    private RequestException refusal(String topic) {
        return catchThrowableOfType(RequestException.class, () -> find(topic, Framing.RAW));
    }

    private TopicSchema find(String topic, Framing framing) throws RequestException {
        try (TopicSchemas schemas = open(framing)) {
            return schemas.find(topic);
        }
    }

    private TopicSchemas open(Framing framing) {
        return TopicSchemas.of(TestOptions.glue(aws, framing, Map.of()));
    }

    private static SchemaOptions options(AwsSettings settings, String registry) {
        return new SchemaOptions(
                Source.GLUE, "", Duration.ofMinutes(5), registry, settings, Map.of(), null, Map.of(), Framing.RAW);
    }
}
