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

/** Each property and each of its values becomes what does the same here. */
class MappingTest {
    private static final String STORAGE = "org.apache.kafka.connect.storage.";

    @TempDir
    private Path directory;

    @Test
    void nordstromsDefaultsAreWrittenOut() {
        Imported imported = Given.nordstrom(directory);

        assertThat(texts(imported.source()))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "topics", "orders",
                        "group", "connect-orders",
                        "batchSize", "10000",
                        "linger", "60s",
                        "maxInFlight", "1",
                        "onFailure", "stop"));
        assertThat(texts(imported.sink()))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("function", "process-orders"),
                        Map.entry("region", "eu-central-1"),
                        Map.entry("endpoint", "{{kafila.aws.endpoint}}"),
                        Map.entry("format", "plain"),
                        Map.entry("batch", "true"),
                        Map.entry("keyConverter", "string"),
                        Map.entry("valueConverter", "string"),
                        Map.entry("headerConverter", STORAGE + "SimpleHeaderConverter"),
                        Map.entry("maxInFlight", "1"),
                        Map.entry("maxAttempts", "6"),
                        Map.entry("retryDelay", "500ms"),
                        Map.entry("retryBackoff", "1"),
                        Map.entry("retryStatus", "500,503,504"),
                        Map.entry("onFailure", "stop")));
        assertThat(imported.status()).isEqualTo(ImportCommand.DONE);
    }

    @Test
    void confluentsDefaultsAreWrittenOut() {
        Imported imported = Given.confluent(directory);

        assertThat(texts(imported.source()))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "topics", "orders",
                        "group", "connect-orders",
                        "batchSize", "20",
                        "linger", "0",
                        "onFailure", "stop-partition"));
        assertThat(texts(imported.sink()))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("function", "process-orders"),
                        Map.entry("region", "eu-central-1"),
                        Map.entry("endpoint", "{{kafila.aws.endpoint}}"),
                        Map.entry("callTimeout", "50s"),
                        Map.entry("format", "confluent"),
                        Map.entry("keyConverter", "string"),
                        Map.entry("valueConverter", "string"),
                        Map.entry("headerConverter", STORAGE + "SimpleHeaderConverter"),
                        Map.entry("maxAttempts", "4"),
                        Map.entry("onFailure", "stop-partition")));
        assertThat(imported.status()).isEqualTo(ImportCommand.DONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    aws.lambda.function.arn                 | arn:aws:lambda:eu-west-1:123456789012:function:f:live | function | arn:aws:lambda:eu-west-1:123456789012:function:f:live
                    aws.lambda.invocation.mode              | ASYNC    | invocationType        | async
                    aws.lambda.invocation.timeout.ms        | 300000   | callTimeout           | 300s
                    aws.lambda.invocation.timeout.ms        | 1500     | callTimeout           | 1500ms
                    aws.lambda.invocation.failure.mode      | DROP     | onFailure             | drop
                    aws.lambda.batch.enabled                | false    | batch                 | false
                    aws.region                              | us-east-1 | region               | us-east-1
                    http.proxy.host                         | proxy.example:3128 | proxy       | http://proxy.example:3128
                    retriable.error.codes                   | 429, 500 | retryStatus           | 429, 500
                    retry.backoff.millis                    | 2000     | retryDelay            | 2s
                    retry.backoff.millis                    | 90000    | retryDelayMax         | 90s
                    retries.max                             | 0        | maxAttempts           | 1
                    payload.formatter.class                 | com.nordstrom.kafka.connect.formatters.JsonPayloadFormatter | format | json
                    payload.formatter.key.schema.visibility | all      | schemaVisibilityKey   | all
                    payload.formatter.value.schema.visibility | none   | schemaVisibilityValue | none
                    tasks.max                               | 4        | maxInFlight           | 4
                    aws.credentials.provider.class          | com.amazonaws.auth.EnvironmentVariableCredentialsProvider | credentialsProvider | software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider
                    aws.credentials.provider.class          | com.example.Mine | credentialsProvider | com.example.Mine
                    value.converter                         | org.apache.kafka.connect.json.JsonConverter | valueConverter | org.apache.kafka.connect.json.JsonConverter
                    value.converter                         | io.confluent.connect.avro.AvroConverter | valueConverter | avro
                    value.converter                         | io.confluent.connect.protobuf.ProtobufConverter | valueConverter | protobuf
                    value.converter                         | io.confluent.connect.json.JsonSchemaConverter | valueConverter | json-schema
                    value.converter                         | com.amazonaws.services.schemaregistry.kafkaconnect.AWSKafkaAvroConverter | valueConverter | avro
                    key.converter                           | org.apache.kafka.connect.converters.ByteArrayConverter | keyConverter | bytes
                    key.converter                           | org.apache.kafka.connect.converters.LongConverter | keyConverter | org.apache.kafka.connect.converters.LongConverter
                    header.converter                        | org.apache.kafka.connect.storage.StringConverter | headerConverter | org.apache.kafka.connect.storage.StringConverter
                    """)
    void aPropertyOfNordstromsBecomesAParameter(String property, String value, String parameter, String expected) {
        Imported imported = Given.nordstrom(directory, property, value);

        assertThat(imported.errors()).isEmpty();
        assertThat(texts(imported.sink())).containsEntry(parameter, expected);
        assertThat(imported.report()).contains(property);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    aws.lambda.function.name   | orders:live | function         | orders:live
                    aws.lambda.region          | us-east-1   | region           | us-east-1
                    aws.lambda.invocation.type | async       | invocationType   | async
                    aws.lambda.socket.timeout  | 900000      | callTimeout      | 900s
                    behavior.on.error          | fail        | onFailure        | stop-partition
                    behavior.on.error          | log         | onFailure        | drop
                    behavior.on.error          | ignore      | onFailure        | drop
                    aws.lambda.proxy.url       | https://proxy.example:3128 | proxy | https://proxy.example:3128
                    aws.access.key.id          | AKID        | accessKeyId      | RAW({{connect.orders.access-key-id}})
                    reporter.result.topic.name | answers     | responseTopic    | answers
                    reporter.error.topic.name  | ${connector}-failed | errorTopic | orders-failed
                    """)
    void aPropertyOfConfluentsBecomesAParameter(String property, String value, String parameter, String expected) {
        Imported imported = property.equals("aws.access.key.id")
                ? Given.confluent(directory, property, value, "aws.secret.access.key", "s")
                : Given.confluent(directory, property, value);

        assertThat(imported.errors()).isEmpty();
        assertThat(texts(imported.sink())).containsEntry(parameter, expected);
        assertThat(imported.report()).contains(property);
    }

    @Test
    void aRoleIsAssumedWithItsOptions() {
        Imported imported = Given.nordstrom(
                directory,
                "aws.credentials.provider.class",
                "com.nordstrom.kafka.connect.auth.AWSAssumeRoleCredentialsProvider",
                "aws.credentials.provider.role.arn",
                "arn:aws:iam::123456789012:role/orders",
                "aws.credentials.provider.session.name",
                "orders-session",
                "aws.credentials.provider.external.id",
                "shared");

        assertThat(texts(imported.sink()))
                .containsEntry("roleArn", "arn:aws:iam::123456789012:role/orders")
                .containsEntry("roleSessionName", "orders-session")
                .containsEntry("externalId", "shared")
                .doesNotContainKey("credentialsProvider");
        assertThat(imported.status()).isEqualTo(ImportCommand.DONE);
    }

    @Test
    void keysOfAUserBecomePlaceholders() {
        Imported imported = Given.nordstrom(
                directory,
                "aws.credentials.provider.class",
                "com.nordstrom.kafka.connect.auth.AWSUserCredentialsProvider",
                "aws.credentials.provider.access.key",
                "written",
                "aws.credentials.provider.secret.key",
                "nowhere");

        assertThat(texts(imported.sink()))
                .containsEntry("accessKeyId", "RAW({{connect.orders.access-key-id}})")
                .containsEntry("secretAccessKey", "RAW({{connect.orders.secret-access-key}})");
        assertThat(imported.report()).contains("CONNECT_ORDERS_SECRET_ACCESS_KEY");
        assertThat(imported.status()).isEqualTo(ImportCommand.UNFINISHED);
    }

    @Test
    void bothTopicsOfTheReporterHaveTheirDefaultNamesOnceThereAreBrokers() {
        Imported imported = Given.confluent(
                directory, "reporter.bootstrap.servers", "b:9092", "reporter.result.topic.partitions", "6");

        assertThat(texts(imported.sink()))
                .containsEntry("reporterBrokers", "b:9092")
                .containsEntry("responseTopic", "orders-success")
                .containsEntry("responseTopicPartitions", "6")
                .containsEntry("responseTopicReplication", "3")
                .containsEntry("errorTopic", "orders-error")
                .containsEntry("errorTopicPartitions", "1");
    }

    @Test
    void aTopicOfTheReporterThatIsBlankIsOff() {
        Imported imported =
                Given.confluent(directory, "reporter.bootstrap.servers", "b:9092", "reporter.result.topic.name", "");

        assertThat(texts(imported.sink())).doesNotContainKey("responseTopic").containsKey("errorTopic");
    }

    @Test
    void anAsynchronousCallReportsNothing() {
        Imported imported = Given.confluent(
                directory, "reporter.bootstrap.servers", "b:9092", "aws.lambda.invocation.type", "async");

        assertThat(imported.errors()).isEmpty();
        assertThat(texts(imported.sink())).doesNotContainKeys("responseTopic", "errorTopic", "reporterBrokers");
    }

    @Test
    void theProxysUserAndPasswordLeaveItsAddress() {
        Imported imported =
                Given.confluent(directory, "aws.lambda.proxy.url", "http://ann:nowhere@proxy.example:3128/");

        assertThat(texts(imported.sink()))
                .containsEntry("proxy", "http://proxy.example:3128")
                .containsEntry("proxyUser", "RAW({{connect.orders.proxy-user}})")
                .containsEntry("proxyPassword", "RAW({{connect.orders.proxy-password}})");
        assertThat(imported.everything()).doesNotContain("nowhere", "ann");
    }

    @Test
    void optionsOfConvertersAndTransformsArePassedByTheirNames() {
        Imported imported = Given.nordstrom(
                directory,
                "value.converter",
                "org.apache.kafka.connect.json.JsonConverter",
                "value.converter.schemas.enable",
                "false",
                "transforms",
                "mask",
                "transforms.mask.type",
                "org.apache.kafka.connect.transforms.MaskField$Value",
                "transforms.mask.fields",
                "card",
                "predicates",
                "big",
                "predicates.big.type",
                "org.apache.kafka.connect.transforms.predicates.TopicNameMatches");

        assertThat(imported.properties().lines())
                .contains(
                        "connect.orders.value-converter.schemas.enable=false",
                        "connect.orders.transforms=mask",
                        "connect.orders.transforms.mask.type=org.apache.kafka.connect.transforms.MaskField$Value",
                        "connect.orders.transforms.mask.fields=card",
                        "connect.orders.predicates=big");
        assertThat(texts(imported.sink())).containsEntry("connectProperties", "property:connect.orders.");
        assertThat(imported.status()).isEqualTo(ImportCommand.DONE);
    }

    @Test
    void aPieceOfAConfigurationLeavesOpenWhatItDoesNotSay() throws IOException {
        Imported imported = Imported.example(directory, "nordstrom-json.json");

        assertThat(texts(imported.source()))
                .containsEntry("topics", "{{connect.nordstrom-json.topics}}")
                .containsEntry("group", "connect-nordstrom-json");
        assertThat(texts(imported.sink()))
                .containsEntry("function", "{{connect.nordstrom-json.function}}")
                .containsEntry("region", "{{connect.nordstrom-json.region}}")
                .containsEntry("format", "json")
                .containsEntry("valueConverter", "avro");
        assertThat(imported.properties())
                .contains("connect.nordstrom-json.value-converter.schema.registry.url={{env:CONNECT_NORDSTROM_JSON_");
        assertThat(imported.status()).isEqualTo(ImportCommand.UNFINISHED);
    }

    @Test
    void whatAConnectorChangesOfItsConsumerIsTheSources() {
        Imported imported = Given.nordstrom(
                directory,
                "consumer.override.bootstrap.servers",
                "b-1.example:9093",
                "consumer.override.security.protocol",
                "SASL_SSL",
                "consumer.override.sasl.mechanism",
                "PLAIN",
                "consumer.override.sasl.jaas.config",
                "x.PlainLoginModule required password=\"nowhere\";",
                "consumer.override.ssl.endpoint.identification.algorithm",
                "",
                "consumer.override.auto.offset.reset",
                "latest",
                "consumer.override.group.id",
                "mine",
                "consumer.override.fetch.min.bytes",
                "1024");

        assertThat(texts(imported.source()))
                .containsEntry("brokers", "b-1.example:9093")
                .containsEntry("securityProtocol", "SASL_SSL")
                .containsEntry("saslMechanism", "PLAIN")
                .containsEntry("saslJaasConfig", "RAW({{connect.orders.sasl-jaas-config}})")
                .containsEntry("sslEndpointAlgorithm", "none")
                .containsEntry("startingPosition", "latest")
                .containsEntry("group", "mine");
        assertThat(imported.properties()).contains("kafila.kafka.properties.fetch.min.bytes=1024");
        assertThat(imported.everything()).doesNotContain("nowhere");
    }

    @Test
    void whatIsUnknownIsNamedAndItsValueIsNot() {
        Imported imported = Given.nordstrom(directory, "localstack.enabled", "nowhere");

        assertThat(imported.status()).isEqualTo(ImportCommand.UNFINISHED);
        assertThat(imported.report()).contains("localstack.enabled").doesNotContain("nowhere");
    }

    private static Map<String, String> texts(JsonNode parameters) {
        Map<String, String> texts = new TreeMap<>();
        parameters
                .properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}
