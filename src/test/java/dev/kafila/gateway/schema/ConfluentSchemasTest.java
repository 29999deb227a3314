package dev.kafila.gateway.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import dev.kafila.aws.AwsSettings;
import dev.kafila.gateway.request.RequestException;
import dev.kafila.gateway.schema.SchemaOptions.Framing;
import dev.kafila.schema.RegistryServer;
import dev.kafila.schema.SchemaConverters;
import dev.kafila.schema.SharedRegistry;
import dev.kafila.schema.StubRegistry;
import dev.kafila.schema.TlsIdentity;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas of a registry with Confluent's API: Apicurio, and one that misbehaves. */
@ExtendWith(SharedRegistry.class)
class ConfluentSchemasTest {
    private static final String LATEST = "/subjects/orders-value/versions/latest";
    private static final String ORDERS = """
            syntax = "proto3"; package shop;
            message Order { int32 id = 1; map<string, int32> counts = 2;
              message Line { string name = 1; message Part { int32 id = 1; } } message Note { string text = 1; } }
            message Return { int32 id = 1; }
            """;

    private StubRegistry stub;

    @BeforeEach
    void start() throws Exception {
        stub = StubRegistry.start();
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void theLatestVersionOfTheTopicsSubjectIsFoundWithWhatItImports(RegistryServer registry) throws Exception {
        registry.register("gw-unit", "PROTOBUF", "syntax = \"proto3\"; package gw; enum Unit { EACH = 0; }");
        registry.register(
                "gw-money",
                "PROTOBUF",
                "syntax = \"proto3\"; package gw; import \"unit.proto\"; message Money { Unit unit = 1; }",
                "unit.proto=gw-unit");
        String old = "syntax = \"proto3\"; package gw; message Order { int32 id = 1; }";
        registry.register("gw-orders-value", "PROTOBUF", old);
        int id = registry.register(
                "gw-orders-value",
                "PROTOBUF",
                "syntax = \"proto3\"; package gw; import \"money.proto\"; import \"google/protobuf/timestamp.proto\";"
                        + " message Order { int32 id = 1; Money price = 2; google.protobuf.Timestamp at = 3; }",
                "money.proto=gw-money");

        TopicSchema schema = find(registry, "gw-orders", "", Framing.CONFLUENT);

        assertThat(schema.name()).isEqualTo("schema gw-orders-value of the registry " + registry.confluent());
        assertThat(schema.message().findFieldByName("price").getMessageType().getFullName())
                .isEqualTo("gw.Money");
        assertThat(schema.frame().toByteArray())
                .containsExactly(0, (byte) (id >> 24), (byte) (id >> 16), (byte) (id >> 8), (byte) id, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "shop.Order, 00",
        "shop.Return, 0202",
        "shop.Order.Line, 040000",
        "shop.Order.Note, 040002",
        "shop.Order.Line.Part, 06000000"
    })
    void theFrameHoldsThePathToTheMessage(String message, String indexes) throws Exception {
        stub.answers(LATEST, answer("PROTOBUF", ORDERS));

        TopicSchema schema = find(stub, Map.of(), message);

        assertThat(schema.message().getFullName()).isEqualTo(message);
        assertThat(HexFormat.of().formatHex(schema.frame().toByteArray())).isEqualTo("000000002a" + indexes);
    }

    @Test
    void ourOwnConverterReadsTheRecordByItsFrame(RegistryServer registry) throws Exception {
        registry.register("gw-read-value", "PROTOBUF", ORDERS);
        TopicSchema schema = find(registry, "gw-read", "shop.Order.Note", Framing.CONFLUENT);
        Descriptor type = schema.message();
        DynamicMessage sent = DynamicMessage.newBuilder(type)
                .setField(type.findFieldByName("text"), "hé")
                .build();

        Converter converter = new SchemaConverters().create("protobuf", AwsSettings.SDK_DEFAULTS);
        converter.configure(Map.of("schema.registry.url", registry.confluent().toString()), false);
        SchemaAndValue read = converter.toConnectData(
                "gw-read", schema.frame().concat(sent.toByteString()).toByteArray());

        assertThat(read.value()).hasToString("Struct{text=hé}");
    }

    @Test
    void aSubjectThatTheRegistryDoesNotHaveIsAnswered400WithBothNames(RegistryServer registry) {
        RequestException refusal =
                catchThrowableOfType(RequestException.class, () -> find(registry, "gw-nothing", "", Framing.RAW));

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal).hasMessage("There is no schema gw-nothing-value of the registry " + registry.confluent());
    }

    @Test
    void anotherKindOfSchemaOrWithoutItsImportIsAnswered400() {
        stub.answers(LATEST, answer("AVRO", "\"string\""));
        assertThat(refusal(Map.of())).hasMessage("The " + name() + " is of AVRO and not of PROTOBUF");
        stub.answers(LATEST, answer("PROTOBUF", "syntax = \"proto3\"; import \"away.proto\"; message A {}"));
        assertThat(refusal(Map.of())).hasMessage("The " + name() + " imports away.proto, which is not there");
        assertThat(refusal(Map.of()).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 401, 403, 404, 429, 500, 503})
    void aRegistryThatDoesNotAnswerIsNoFaultOfTheSender(int status) {
        stub.answers(LATEST, new StubRegistry.Answer(status, "<html>"));

        RequestException refusal = refusal(Map.of());

        assertThat(refusal.status()).isEqualTo(500);
        assertThat(refusal)
                .hasMessageStartingWith(
                        "Error message: The schema registry does not answer " + LATEST + ": " + stub.url())
                .hasMessageContaining("HTTP " + status);
    }

    @Test
    void anAnswerWithoutTheIdOrTheSchemaIsNoFaultOfTheSender() {
        stub.answers(LATEST, new StubRegistry.Answer(200, "{\"schema\":\"message A {}\",\"schemaType\":\"PROTOBUF\"}"));
        assertThat(refusal(Map.of()).status()).isEqualTo(500);
        stub.answers(LATEST, new StubRegistry.Answer(200, "{\"id\":7,\"schemaType\":\"PROTOBUF\"}"));
        assertThat(refusal(Map.of()).status()).isEqualTo(500);
    }

    @Test
    void credentialsAreSentAndNeverTold() {
        stub.answers(LATEST, new StubRegistry.Answer(401, ""));

        RequestException refusal =
                refusal(Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "me:sesame"));

        assertThat(refusal).hasMessageContaining("refuses the credentials").hasMessageNotContaining("sesame");
        assertThat(stub.authorizations).containsExactly("Basic bWU6c2VzYW1l");
    }

    @Test
    void aCertificateIsTrustedIfTheOptionsSaySo(@TempDir Path directory) throws Exception {
        TlsIdentity identity = TlsIdentity.make(directory);
        try (StubRegistry secured = StubRegistry.startWith(identity.context(), false)) {
            secured.answers(LATEST, answer("PROTOBUF", ORDERS));

            TopicSchema schema = find(
                    secured,
                    Map.of(
                            "schema.registry.ssl.truststore.location",
                            identity.store().toString(),
                            "schema.registry.ssl.truststore.type",
                            "PKCS12",
                            "schema.registry.ssl.truststore.password",
                            "sandbox"),
                    "shop.Order");

            assertThat(schema.message().getName()).isEqualTo("Order");
        }
    }

    @Test
    void optionsThatAreNotRightAreRefusedAtTheStart() {
        assertThatThrownBy(() -> TopicSchemas.of(TestOptions.confluent(Map.of(), Framing.RAW, Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("schema.registry.url");
        assertThatThrownBy(() -> find(stub, Map.of("http.read.timeout.ms", "soon"), "shop.Order"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("http.read.timeout.ms");
    }

    @Test
    void theNameOfASubjectIsEscapedInThePath() throws Exception {
        stub.answers("/subjects/a%2Fb%20c-value/versions/latest", answer("PROTOBUF", ORDERS));

        try (TopicSchemas schemas =
                TopicSchemas.of(TestOptions.confluent(options(stub, Map.of()), Framing.RAW, Map.of()))) {
            assertThat(schemas.find("a/b c").message().getName()).isEqualTo("Order");
        }
    }

    private String name() {
        return "schema orders-value of the registry " + stub.url();
    }

    private static StubRegistry.Answer answer(String type, String text) {
        StubRegistry.Answer schema = StubRegistry.Answer.schema(type, text);
        return new StubRegistry.Answer(200, schema.body().replaceFirst("\\{", "{\"id\":42,\"version\":1,"));
    }

    private RequestException refusal(Map<String, String> options) {
        return catchThrowableOfType(RequestException.class, () -> find(stub, options, "shop.Order"));
    }

    private static TopicSchema find(StubRegistry stub, Map<String, String> options, String message)
            throws RequestException {
        try (TopicSchemas schemas = TopicSchemas.of(
                TestOptions.confluent(options(stub, options), Framing.CONFLUENT, Map.of("orders", message)))) {
            return schemas.find("orders");
        }
    }

    private static Map<String, String> options(StubRegistry stub, Map<String, String> more) {
        Map<String, String> options = new HashMap<>(more);
        options.put("schema.registry.url", stub.url());
        return options;
    }

    private static TopicSchema find(RegistryServer registry, String topic, String message, Framing framing)
            throws RequestException {
        Map<String, String> options =
                Map.of("schema.registry.url", registry.confluent().toString());
        Map<String, String> messages = message.isEmpty() ? Map.of() : Map.of(topic, message);
        try (TopicSchemas schemas = TopicSchemas.of(TestOptions.confluent(options, framing, messages))) {
            return schemas.find(topic);
        }
    }
}
