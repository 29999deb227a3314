package dev.kafila.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.aws.AwsSettings;
import dev.kafila.schema.StubRegistry.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a record when the registry does not do as it should. */
@Timeout(60)
class ConfluentRegistryTest {
    private static final byte[] RECORD = Wire.confluent(7, new byte[] {2, 'k'});
    private static final String PATH = "/schemas/ids/7";
    private static final Answer STRING = Answer.schema("AVRO", "\"string\"");
    private static final Answer NO_SUCH_ID = new Answer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");

    private StubRegistry registry;

    @BeforeEach
    void start() throws Exception {
        registry = StubRegistry.start().answers(PATH, STRING);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 301, 307, 401, 403, 404, 407, 408, 418, 429, 500, 502, 503, 504})
    void whatIsNotARegistrysOwnWordIsNoFaultOfTheRecord(int status) {
        SchemaConverter converter = converter(Map.of());
        registry.answers(PATH, new Answer(status, status == 204 ? "" : "<html>"));

        assertThatThrownBy(() -> read(converter))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining(registry.url())
                .hasMessageContaining("HTTP " + status);
        registry.answers(PATH, STRING);
        assertThat(read(converter)).isEqualTo("k");
    }

    @Test
    void anAnswerWithoutASchemaIsNoFaultOfTheRecord() {
        registry.answers(PATH, new Answer(200, "{\"status\":\"ok\"}"));

        assertThatThrownBy(() -> read(converter(Map.of()))).isInstanceOf(RetriableException.class);
    }

    @Test
    void anIdThatTheRegistryDoesNotKnowIsTheRecordsFailureAndIsAskedForAgain() {
        SchemaConverter converter = converter(Map.of());
        registry.answers(PATH, NO_SUCH_ID);

        assertThatThrownBy(() -> read(converter))
                .isInstanceOf(DataException.class)
                .hasMessage("There is no schema 7 of " + registry.url());
        registry.answers(PATH, STRING);
        assertThat(read(converter)).isEqualTo("k");
    }

    @Test
    void anIdThatTheRegistryRefusesIsTheRecordsFailure() {
        registry.answers(PATH, new Answer(422, "{\"error_code\":42201,\"message\":\"no\"}"));

        assertThatThrownBy(() -> read(converter(Map.of())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("42201");
    }

    @Test
    void aSchemaThatDoesNotParseIsTheRecordsFailure() {
        registry.answers(PATH, Answer.schema("AVRO", "{\"type\":\"nonsense\"}"));

        assertThatThrownBy(() -> read(converter(Map.of())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("schema 7");
    }

    @Test
    void aSchemaOfAnotherFormatIsTheRecordsFailure() {
        registry.answers(PATH, Answer.schema("PROTOBUF", "syntax = \"proto3\";"));

        assertThatThrownBy(() -> read(converter(Map.of())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("PROTOBUF");
    }

    @Test
    void aRecordWithoutAFrameIsItsOwnFailureAndItsValueIsNotTold() {
        assertThatThrownBy(() -> converter(Map.of()).toConnectData("t", "secret!".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("7 bytes")
                .hasMessageNotContaining("secret");
        assertThat(registry.asked).isEmpty();
    }

    @Test
    void nullIsNullWithoutAskingAnybody() {
        assertThat(converter(Map.of()).toConnectData("t", null)).isEqualTo(SchemaAndValue.NULL);
        assertThat(registry.asked).isEmpty();
    }

    @Test
    void whatWasOnceReadIsReadWithoutTheRegistry() {
        SchemaConverter converter = converter(Map.of());
        read(converter);
        registry.close();

        assertThat(read(converter)).isEqualTo("k");
        assertThatThrownBy(() -> converter.toConnectData("t", Wire.confluent(8, new byte[] {2, 'k'})))
                .isInstanceOf(RetriableException.class);
    }

    @Test
    void whoAsksAtTheSameTimeWaitsForOneAnswer() {
        SchemaConverter converter = converter(Map.of());

        List<CompletableFuture<Object>> reads = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> read(converter)))
                .limit(8)
                .toList();

        assertThat(reads).allSatisfy(read -> assertThat(read.join()).isEqualTo("k"));
        assertThat(registry.asked).containsExactly(PATH, PATH + "/versions");
    }

    @Test
    void aRegistryThatHangsIsGivenUp() {
        registry.answers(PATH, Answer.NEVER);

        assertThatThrownBy(() -> read(converter(Map.of("http.read.timeout.ms", "200"))))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("200 ms");
    }

    @Test
    void theNextAddressIsAskedWhenOneDoesNotAnswer() throws Exception {
        try (StubRegistry down = StubRegistry.start()) {
            down.answers(PATH, new Answer(503, ""));

            assertThat(read(converter(Map.of("schema.registry.url", down.url() + ", " + registry.url() + "/"))))
                    .isEqualTo("k");
            assertThat(down.asked).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 501})
    void aRegistryThatKnowsNoVersionsLeavesThemOut(int status) {
        registry.answers(PATH + "/versions", new Answer(status, ""));

        assertThat(converter(Map.of()).toConnectData("t", RECORD).schema().version())
                .isNull();
    }

    @Test
    void aRegistryThatFailsToTellTheVersionIsAskedAgain() {
        SchemaConverter converter = converter(Map.of());
        registry.answers(PATH + "/versions", new Answer(500, ""));

        assertThatThrownBy(() -> read(converter)).isInstanceOf(RetriableException.class);
        registry.answers(PATH + "/versions", new Answer(200, "[{\"subject\":\"t-value\",\"version\":3}]"));
        assertThat(converter.toConnectData("t", RECORD).schema().version()).isEqualTo(3);
    }

    @Test
    void credentialsAreSentAsTheOptionsSayAndNeverTold() {
        String basic = "Basic " + Base64.getEncoder().encodeToString("me:pass word".getBytes(StandardCharsets.UTF_8));
        registry.answers(PATH, new Answer(401, ""));

        for (Map<String, String> options : List.of(
                Map.of("schema.registry.url", "http://me:pass%20word@" + registry.authority()),
                Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "me:pass word"),
                Map.of(
                        "basic.auth.credentials.source", "USER_INFO",
                        "schema.registry.basic.auth.user.info", "me:pass word"))) {
            assertThatThrownBy(() -> read(converter(options)))
                    .isInstanceOf(RetriableException.class)
                    .hasMessageContaining("credentials")
                    .hasMessageNotContaining("pass");
        }
        assertThatThrownBy(() -> read(converter(
                        Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "tok"))))
                .isInstanceOf(RetriableException.class);

        assertThat(registry.authorizations).containsExactly(basic, basic, basic, "Bearer tok");
    }

    @Test
    void aCertificateIsTrustedIfTheOptionsSaySo(@TempDir Path directory) throws Exception {
        TlsIdentity identity = TlsIdentity.make(directory);
        try (StubRegistry secured = StubRegistry.startWith(identity.context(), false)) {
            secured.answers(PATH, STRING);

            assertThatThrownBy(() -> read(converter(Map.of("schema.registry.url", secured.url()))))
                    .isInstanceOf(RetriableException.class);
            assertThat(read(converter(Map.of(
                            "schema.registry.url",
                            secured.url(),
                            "schema.registry.ssl.truststore.location",
                            identity.store().toString(),
                            "schema.registry.ssl.truststore.type",
                            "PKCS12",
                            "schema.registry.ssl.truststore.password",
                            "sandbox"))))
                    .isEqualTo("k");
        }
    }

    @Test
    void anOptionThatIsNotRightIsRefusedByItsName() {
        assertThatThrownBy(() -> converter(Map.of("schema.registry.url", "ftp://me:secret@x")))
                .hasMessageContaining("schema.registry.url")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> converter(Map.of("schema.registry.url", "http://me:sec ret@x")))
                .hasMessageContaining("schema.registry.url")
                .hasStackTraceContaining("schema.registry.url")
                .hasNoCause();
        assertThatThrownBy(() -> converter(Map.of("basic.auth.credentials.source", "SASL_INHERIT")))
                .hasMessageContaining("basic.auth.credentials.source");
        assertThatThrownBy(() -> converter(Map.of("basic.auth.credentials.source", "USER_INFO")))
                .hasMessageContaining("basic.auth.user.info");
        assertThatThrownBy(() -> converter(Map.of("http.read.timeout.ms", "soon")))
                .hasMessageContaining("http.read.timeout.ms");
        assertThatThrownBy(() -> converter(Map.of(
                        "schema.registry.ssl.truststore.location", "/nowhere.jks",
                        "schema.registry.ssl.truststore.password", "secret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("schema.registry.ssl")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aRecordOfAConfluentRegistryIsAFailureWhereOnlyGlueIsSet() {
        SchemaConverter converter = new SchemaConverter(DataFormat.AVRO, AwsSettings.SDK_DEFAULTS);
        converter.configure(Map.of("region", "eu-west-1"), false);

        assertThatThrownBy(() -> read(converter))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("schema.registry.url");
    }

    private static Object read(SchemaConverter converter) {
        return converter.toConnectData("t", RECORD).value();
    }

    private SchemaConverter converter(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.putIfAbsent("schema.registry.url", registry.url());
        SchemaConverter converter = new SchemaConverter(DataFormat.AVRO, AwsSettings.SDK_DEFAULTS);
        converter.configure(all, false);
        return converter;
    }
}
