package dev.kafila.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each property of AWS's EventBridge connector, and each of its values, becomes what does the same here. */
class EventBridgeMappingTest {
    private static final String MAPPERS = "software.amazon.event.kafkaconnector.mapping.";
    private static final String ROLE = "arn:aws:iam::123456789012:role/put";

    @TempDir
    private Path directory;

    @Test
    void itsDefaultsAreWrittenOut() {
        Imported imported = Given.eventBridge(directory);

        assertThat(imported.errors()).isEmpty();
        assertThat(texts(imported.source()))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("topics", "orders", "group", "connect-orders", "linger", "0", "onFailure", "stop"));
        assertThat(texts(imported.sink()))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("bus", "arn:aws:events:eu-central-1:123456789012:event-bus/orders"),
                        Map.entry("connectorId", "shop"),
                        Map.entry("region", "eu-central-1"),
                        Map.entry("endpoint", "{{kafila.aws.endpoint}}"),
                        Map.entry("headerTypes", "connect"),
                        Map.entry("keyConverter", "string"),
                        Map.entry("valueConverter", "string"),
                        Map.entry("headerConverter", "org.apache.kafka.connect.storage.SimpleHeaderConverter"),
                        Map.entry("maxAttempts", "3"),
                        Map.entry("retryDelay", "200ms"),
                        Map.entry("retryBackoff", "1"),
                        Map.entry("onFailure", "stop")));
        assertThat(imported.route().path("id").asText()).isEqualTo("orders-to-eventbridge");
        assertThat(imported.route().path("routeConfigurationId").asText())
                .isEqualTo("delivery-failures,eventbridge-dead-letters");
        assertThat(imported.status()).isEqualTo(ImportCommand.DONE);
        assertThat(imported.report()).contains("puts them on the bus once more").doesNotContain("function");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    aws.eventbridge.endpoint.uri                | http://localhost:4566 | endpoint | http://localhost:4566
                    aws.eventbridge.eventbus.global.endpoint.id | abcde.veo    | endpointId  | abcde.veo
                    aws.eventbridge.eventbus.resources          | arn:a, arn:b | resources   | arn:a, arn:b
                    aws.eventbridge.detail.types                | type-${topic} | detailType | type-${topic}
                    aws.eventbridge.detail.types                | orders:a.b, customers:c | detailType | orders:a.b, customers:c
                    aws.eventbridge.retries.max                 | 0            | maxAttempts | 1
                    aws.eventbridge.retries.delay               | 1000         | retryDelay  | 1s
                    aws.eventbridge.retries.delay               | 90000        | retryDelayMax | 90s
                    aws.eventbridge.iam.profile.name            | put          | profile     | put
                    aws.eventbridge.iam.role.arn                | arn:aws:iam::123456789012:role/put | roleArn | arn:aws:iam::123456789012:role/put
                    aws.eventbridge.iam.role.arn                | arn:aws:iam::123456789012:role/put | roleSessionName | shop
                    aws.eventbridge.auth.credentials_provider.class | com.example.Mine | credentialsProvider | com.example.Mine
                    aws.eventbridge.offloading.default.s3.bucket | large-events | offloadBucket | large-events
                    aws.eventbridge.offloading.default.s3.bucket | large-events | offloadWhen | always
                    value.converter | org.apache.kafka.connect.json.JsonConverter | valueConverter | org.apache.kafka.connect.json.JsonConverter
                    """)
    void aPropertyBecomesAParameter(String property, String value, String parameter, String expected) {
        Imported imported = Given.eventBridge(directory, property, value);

        assertThat(imported.errors()).isEmpty();
        assertThat(texts(imported.sink())).containsEntry(parameter, expected);
        assertThat(imported.report()).contains(property);
    }

    @Test
    void aPathIntoTheValueIsOneIntoTheEvent() {
        Imported imported = Given.eventBridge(
                directory,
                "aws.eventbridge.detail.types",
                "ignored",
                "aws.eventbridge.detail.types.mapper.class",
                MAPPERS + "JsonPathDetailTypeMapper",
                "aws.eventbridge.detail.types.jsonpathmapper.fieldref",
                "$.metadata.event-type");

        assertThat(texts(imported.sink())).containsEntry("detailType", "$.detail.value.metadata.event-type");
        assertThat(imported.status()).isEqualTo(ImportCommand.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"detail.types.mapper.class", "time.mapper.class"})
    void aMapperOfOnesOwnIsLeftToItsOwner(String property) {
        Imported imported = Given.eventBridge(directory, "aws.eventbridge." + property, "com.example.Mine");

        String key = property.startsWith("time") ? "time" : "detail-type";
        assertThat(imported.report()).contains("connect.orders." + key, "com.example.Mine", "the mapper is a class");
        assertThat(imported.status()).isEqualTo(ImportCommand.UNFINISHED);
    }

    @ParameterizedTest
    @CsvSource({
        "detail.types.mapper.class, DefaultDetailTypeMapper",
        "detail.types.mapper.class, DefaultTopicDetailTypeMapper",
        "time.mapper.class, DefaultTimeMapper"
    })
    void itsOwnMappersAreWhatIsDoneHere(String property, String mapper) {
        Imported imported = Given.eventBridge(directory, "aws.eventbridge." + property, MAPPERS + mapper);

        assertThat(imported.sink().has("time") || imported.sink().has("detailType"))
                .isFalse();
        assertThat(imported.status()).isEqualTo(ImportCommand.DONE);
    }

    @Test
    void whatTheConnectorDoesNotLookAtIsNotLookedAt() {
        Imported imported = Given.eventBridge(
                directory,
                "aws.eventbridge.iam.external.id",
                "none-asks",
                "aws.eventbridge.offloading.default.fieldref",
                "$.detail.value.image",
                "aws.eventbridge.offloading.default.s3.endpoint.uri",
                "http://localhost:4566");

        assertThat(texts(imported.sink())).doesNotContainKeys("externalId", "offloadPath", "offloadBucket");
        assertThat(imported.status()).isEqualTo(ImportCommand.DONE);
    }

    @Test
    void aRoleGoesBeforeAProfileAndAClassBeforeBoth() {
        String[] all = {
            "aws.eventbridge.iam.profile.name",
            "put",
            "aws.eventbridge.iam.role.arn",
            ROLE,
            "aws.eventbridge.iam.external.id",
            "shared",
            "aws.eventbridge.auth.credentials_provider.class",
            null
        };

        assertThat(texts(Given.eventBridge(directory, all).sink()))
                .containsEntry("roleArn", ROLE)
                .containsEntry("externalId", "shared")
                .doesNotContainKeys("profile", "credentialsProvider");
        all[7] = "com.example.Mine";
        assertThat(texts(Given.eventBridge(directory, all).sink()))
                .containsEntry("credentialsProvider", "com.example.Mine")
                .doesNotContainKeys("profile", "roleArn", "externalId", "roleSessionName");
    }

    @Test
    void anObjectStoreAtAnotherAddressHasToBeDecided() {
        Imported imported = Given.eventBridge(
                directory,
                "aws.eventbridge.offloading.default.s3.bucket",
                "large-events",
                "aws.eventbridge.offloading.default.fieldref",
                "$.detail.value.image",
                "aws.eventbridge.offloading.default.s3.endpoint.uri",
                "http://localhost:9000");

        assertThat(texts(imported.sink())).containsEntry("offloadPath", "$.detail.value.image");
        assertThat(imported.report()).contains("endpoint is one address for EventBridge, S3 and STS");
        assertThat(imported.status()).isEqualTo(ImportCommand.UNFINISHED);
    }

    @Test
    void anExampleOfItsDocumentIsImportedAsItIsPrinted() throws IOException {
        Imported imported = Imported.example(directory, "awslabs-json-dlq.json");

        assertThat(imported.errors()).isEmpty();
        assertThat(texts(imported.sink()))
                .containsEntry("bus", "arn:aws:events:us-east-1:1234567890:event-bus/kafkabus")
                .containsEntry("onFailure", "dead-letter");
        JsonNode deadLetters = imported.yaml().findValue("routeConfiguration");
        assertThat(deadLetters.path("id").asText()).isEqualTo("event-bridge-sink-json-eventbridge-dead-letters");
        assertThat(texts(deadLetters.findValue("parameters")))
                .containsEntry("endpoint", "kafka:json-dlq")
                .containsEntry("topicPartitions", "1")
                .containsEntry("topicReplication", "1");
        assertThat(imported.route().path("routeConfigurationId").asText())
                .isEqualTo("delivery-failures,event-bridge-sink-json-eventbridge-dead-letters");
        assertThat(imported.properties()).contains("value-converter.schemas.enable=false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"awslabs-json", "awslabs-json-dlq", "awslabs-avro"})
    void everyExampleIsImportedWithTheCommentsInIt(String example) throws IOException {
        Imported imported = Imported.example(directory, example + ".json");

        assertThat(imported.errors()).isEmpty();
        assertThat(imported.status()).as(imported.report()).isEqualTo(ImportCommand.DONE);
    }

    @Test
    void aConnectorWithoutItsBusIsRefused() {
        assertThat(Given.eventBridge(directory, "aws.eventbridge.eventbus.arn", null)
                        .errors())
                .contains("aws.eventbridge.eventbus.arn: is missing");
    }

    private static Map<String, String> texts(JsonNode parameters) {
        Map<String, String> texts = new TreeMap<>();
        parameters
                .properties()
                .forEach(parameter ->
                        texts.put(parameter.getKey(), parameter.getValue().asText()));
        return texts;
    }
}
