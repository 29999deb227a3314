package dev.kafila.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.settings.SettingForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code mvn test -Dtest=TablesTest -Dreference.write=true} writes into the README what these tests compare. */
class TablesTest {
    private static final Path README = Path.of("README.md");
    private static final Tables.Markers RUN = Tables.Markers.of("import");

    /** All that Nordstrom's document has, its credentials providers' options included. */
    private static final String NORDSTROM = """
            aws.credentials.provider.class aws.lambda.function.arn aws.lambda.invocation.timeout.ms aws.lambda.invocation.mode
            aws.lambda.invocation.failure.mode aws.lambda.batch.enabled aws.region http.proxy.host http.proxy.port
            retriable.error.codes retry.backoff.millis retries.max topics payload.formatter.class
            payload.formatter.key.schema.visibility payload.formatter.value.schema.visibility
            aws.credentials.provider.role.arn aws.credentials.provider.session.name aws.credentials.provider.external.id
            aws.credentials.provider.access.key aws.credentials.provider.secret.key
            name tasks.max connector.class key.converter value.converter
            """;

    /** All that Confluent's manual and its version 2 have. */
    private static final String CONFLUENT = """
            aws.lambda.function.name aws.lambda.region aws.access.key.id aws.secret.access.key aws.lambda.invocation.type
            aws.lambda.batch.size record.converter.class behavior.on.error aws.lambda.socket.timeout aws.lambda.user.agent
            aws.credentials.provider.class aws.lambda.proxy.url aws.lambda.proxy.user aws.lambda.proxy.password
            reporter.bootstrap.servers reporter.result.topic.name reporter.result.topic.replication.factor
            reporter.result.topic.partitions reporter.result.topic.key.format reporter.result.topic.key.format.schemas.enable
            reporter.result.topic.key.format.schemas.cache.size reporter.result.topic.value.format
            reporter.result.topic.value.format.schemas.enable reporter.result.topic.value.format.schemas.cache.size
            reporter.error.topic.name reporter.error.topic.replication.factor reporter.error.topic.partitions
            reporter.error.topic.key.format reporter.error.topic.value.format reporter.admin.bootstrap.servers
            reporter.producer.bootstrap.servers reporter.security.protocol
            confluent.license confluent.topic confluent.topic.bootstrap.servers confluent.topic.replication.factor
            name tasks.max connector.class topics
            """;

    /** All that the document of AWS's EventBridge connector has, its examples included, and what its later versions added. */
    private static final String EVENT_BRIDGE = """
            aws.eventbridge.connector.id aws.eventbridge.region aws.eventbridge.endpoint.uri aws.eventbridge.eventbus.arn
            aws.eventbridge.eventbus.global.endpoint.id aws.eventbridge.eventbus.resources aws.eventbridge.detail.types
            aws.eventbridge.retries.max aws.eventbridge.retries.delay aws.eventbridge.iam.profile.name
            aws.eventbridge.iam.role.arn aws.eventbridge.iam.external.id
            aws.eventbridge.auth.credentials_provider.class aws.eventbridge.detail.types.mapper.class
            aws.eventbridge.detail.types.jsonpathmapper.fieldref aws.eventbridge.time.mapper.class
            aws.eventbridge.offloading.default.s3.bucket aws.eventbridge.offloading.default.s3.endpoint.uri
            aws.eventbridge.offloading.default.fieldref
            name tasks.max connector.class topics auto.offset.reset key.converter value.converter
            value.converter.schemas.enable value.converter.region value.converter.registry.name
            value.converter.avroRecordType errors.tolerance errors.deadletterqueue.topic.name
            errors.deadletterqueue.topic.replication.factor consumer.override.max.poll.records
            schema.history.internal.kafka.bootstrap.servers schema.history.internal.kafka.topic
            """;

    /** What Connect gives every sink connector. */
    private static final String CONNECT = """
            name connector.class tasks.max tasks.max.enforce topics topics.regex key.converter value.converter header.converter
            key.converter.schemas.enable value.converter.schema.registry.url header.converter.schemas.enable
            config.action.reload transforms transforms.a.type predicates predicates.a.type
            errors.retry.timeout errors.retry.delay.max.ms errors.tolerance errors.log.enable errors.log.include.messages
            errors.deadletterqueue.topic.name errors.deadletterqueue.topic.replication.factor
            errors.deadletterqueue.context.headers.enable
            consumer.override.bootstrap.servers consumer.override.max.poll.records consumer.override.fetch.min.bytes
            producer.override.linger.ms admin.override.bootstrap.servers
            """;

    @BeforeAll
    static void write() throws IOException {
        if (Boolean.getBoolean("reference.write")) {
            String text = Files.readString(README);
            for (String name : Tables.names().toList()) {
                text = Tables.Markers.of(name).write(text, Tables.markdown(name));
            }
            Files.writeString(README, RUN.write(text, Tables.run()));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.kafila.migrate.Tables#names")
    void theReadmeHoldsEveryRow(String name) throws IOException {
        assertThat(Tables.Markers.of(name).read(Files.readString(README))).isEqualTo(Tables.markdown(name));
    }

    @Test
    void theReadmeShowsARunAsItIs() throws IOException {
        assertThat(RUN.read(Files.readString(README))).isEqualTo(Tables.run());
    }

    @Test
    void everyPropertyOfADocumentIsInItsTable() {
        assertThat(names(NORDSTROM)).allMatch(isKnown(NordstromTable.TABLE));
        assertThat(names(CONFLUENT)).allMatch(isKnown(ConfluentTable.TABLE));
        assertThat(names(EVENT_BRIDGE)).allMatch(isKnown(EventBridgeTable.TABLE));
        for (ConnectorTable table : ConnectorTables.ALL) {
            assertThat(names(CONNECT)).as(table.title()).allMatch(isKnown(table));
        }
    }

    @Test
    void noPropertyIsThereTwice() {
        for (ConnectorTable table : ConnectorTables.ALL) {
            assertThat(table.all().map(Mapping::theirs)).doesNotHaveDuplicates();
        }
    }

    @Test
    void everySettingThatARowNamesIsOneAndAllOthersSayWhy() {
        for (ConnectorTable table : ConnectorTables.ALL) {
            assertThat(table.all()).allSatisfy(mapping -> {
                if (mapping.ours().isEmpty()) {
                    assertThat(mapping.note()).as(mapping.theirs()).isNotBlank();
                } else {
                    assertThat(SettingForm.of(mapping.ours().replace("*", "x"))).isNotNull();
                }
            });
        }
    }

    private static List<String> names(String text) {
        return Arrays.asList(text.strip().split("\\s+"));
    }

    private static Predicate<String> isKnown(ConnectorTable table) {
        return name -> table.find(name).isPresent();
    }
}
