package dev.kafila.mapping.poll;

import static dev.kafila.mapping.poll.PollerFixture.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.batch.Ledger;
import dev.kafila.batch.Ledger.Entry;
import dev.kafila.mapping.Mapping;
import dev.kafila.sandbox.SandboxBroker;
import dev.kafila.sandbox.SandboxFunction;
import dev.kafila.schema.GlueRecords;
import dev.kafila.schema.StubRegistry;
import dev.kafila.schema.TlsIdentity;
import dev.kafila.schema.Wire;
import dev.kafila.settings.MappingSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaRegistryAccessConfig;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaRegistryConfig;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaValidationConfig;

/** Mappings with a schema registry, as they run. */
class MappedRegistryTest {
    private static final StubRegistry.Answer STRING = StubRegistry.Answer.schema("AVRO", "\"string\"");
    private static final String USER = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf";
    private static final String PATH = "/schemas/ids/7";

    private static SandboxBroker broker;

    private final String topic = "orders-" + UUID.randomUUID();
    private final PollerFixture fixture = new PollerFixture();
    private final SandboxFunction function = fixture.aws.function("orders");
    private final Map<String, Map<String, String>> secrets = new HashMap<>();
    private Mapping mapping;

    @BeforeAll
    static void startBroker() {
        broker = SandboxBroker.start(Map.of());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopic() {
        broker.createTopic(topic, 1);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aRecordThatIsNotOfItsSchemaIsDroppedEvenWhereTheFunctionIsRetriedForEver() throws Exception {
        try (StubRegistry registry = StubRegistry.start()) {
            registry.answers(PATH, STRING);
            send("no frame".getBytes(UTF_8));
            send(Wire.confluent(7, new byte[] {2, 'k'}));

            start(registry.url());

            await(() -> function.deliveredCount() == 1);
            assertThat(function.delivered().get(0).text()).contains("\"offset\":1,", "\"value\":\"Imsi\"");
            await(() -> entry().dropped() == 1 && entry().delivered() == 1);
        }
    }

    @Test
    void aRegistryThatIsAwayIsToldAndNoRecordIsLost() throws Exception {
        try (StubRegistry registry = StubRegistry.start()) {
            registry.answers(PATH, new StubRegistry.Answer(503, ""));
            send(Wire.confluent(7, new byte[] {2, 'k'}));
            start(registry.url());

            fixture.awaitSeen(mapping, seen -> String.valueOf(seen.lastResult())
                    .startsWith("PROBLEM: The schema registry does not answer " + PATH));
            registry.answers(PATH, STRING);

            fixture.awaitSeen(mapping, seen -> "OK".equals(seen.lastResult()));
            await(() -> entry().delivered() == 1);
            assertThat(entry().dropped()).isZero();
        }
    }

    @Test
    void gluesRegistryIsAskedInItsRegionAsTheMappingsReachAws() throws Exception {
        fixture.aws.schemas().create("users", "AVRO");
        send(GlueRecords.avro(fixture.aws, "ZLIB"));

        start("arn:aws:glue:us-east-1:123456789012:registry/shop");

        await(() -> function.deliveredCount() == 1);
        assertThat(function.delivered().get(0).text()).contains("\"valueSchemaMetadata\":{\"dataFormat\":\"AVRO\"");
        assertThat(fixture.aws.schemas().received())
                .filteredOn(request -> request.operation().equals("GetSchemaVersion"))
                .allSatisfy(request -> assertThat(request.signedBy()).isEqualTo("AKIDEXAMPLE"))
                .isNotEmpty();
    }

    @Test
    void aPasswordThatWasChangedHealsTheMapping(@TempDir Path directory) throws Exception {
        TlsIdentity identity = TlsIdentity.make(directory);
        secrets.put("ca", Map.of("certificate", identity.certificate()));
        fixture.aws.secrets().put(USER, "{\"username\":\"me\",\"password\":\"old\"}");
        try (StubRegistry registry = StubRegistry.startWith(identity.context(), false)) {
            registry.answers(PATH, new StubRegistry.Answer(401, "{\"error_code\":401}"));
            send(Wire.confluent(7, new byte[] {2, 'k'}));
            start(registry.url(), access("SERVER_ROOT_CA_CERTIFICATE", "ca"), access("BASIC_AUTH", USER));
            fixture.awaitSeen(mapping, seen -> String.valueOf(seen.lastResult()).contains("HTTP 401"));

            fixture.aws.secrets().put(USER, "{\"username\":\"me\",\"password\":\"new\"}");
            fixture.awaitSeen(
                    mapping, seen -> registry.authorizations.stream().distinct().count() == 2);
            registry.answers(PATH, STRING);

            fixture.awaitSeen(mapping, seen -> "OK".equals(seen.lastResult()));
        }
    }

    private void start(String uri, KafkaSchemaRegistryAccessConfig... accesses) {
        fixture.allowing(new MappingSettings.Allowed(
                List.of(broker.bootstrapServers()),
                Map.of(),
                List.of(uri),
                secrets,
                List.of(USER),
                List.of("*"),
                List.of("*")));
        KafkaSchemaRegistryConfig registry = KafkaSchemaRegistryConfig.builder()
                .schemaRegistryURI(uri)
                .eventRecordFormat("JSON")
                .schemaValidationConfigs(
                        KafkaSchemaValidationConfig.builder().attribute("VALUE").build())
                .accessConfigs(accesses)
                .build();
        mapping = PollerFixture.mapping(
                broker.bootstrapServers(),
                topic,
                "orders",
                more -> more.selfManagedKafkaEventSourceConfig(
                        config -> config.consumerGroupId(topic).schemaRegistryConfig(registry)));
        fixture.run(1, mapping);
    }

    private Entry entry() {
        return Ledger.of(fixture.context)
                .accounts(MappingRoute.id(mapping.uuid()))
                .get(0)
                .entry();
    }

    private void send(byte[] value) throws Exception {
        broker.producer().send(new ProducerRecord<>(topic, 0, null, value)).get();
    }

    private static KafkaSchemaRegistryAccessConfig access(String type, String uri) {
        return KafkaSchemaRegistryAccessConfig.builder().type(type).uri(uri).build();
    }
}
