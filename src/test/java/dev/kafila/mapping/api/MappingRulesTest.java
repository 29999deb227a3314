package dev.kafila.mapping.api;

import static dev.kafila.mapping.api.Requests.access;
import static dev.kafila.mapping.api.Requests.body;
import static dev.kafila.mapping.api.Requests.brokers;
import static dev.kafila.mapping.api.Requests.destination;
import static dev.kafila.mapping.api.Requests.filters;
import static dev.kafila.mapping.api.Requests.registry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which requests are taken, and what the others are told. */
class MappingRulesTest {
    private static ApiFixture api;
    private static RawHttp http;
    private static int topics;

    @BeforeAll
    static void start() {
        api = ApiFixture.start();
        http = new RawHttp(api.endpoint());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({
        "BatchSize, 1, 10000",
        "MaximumBatchingWindowInSeconds, 0, 300",
        "MaximumRetryAttempts, -1, 10000",
        "MaximumRecordAgeInSeconds, 60, 604800",
    })
    void aNumberIsInItsRange(String parameter, int min, int max) {
        for (int right : new int[] {min, max}) {
            assertThat(create(parameter, Integer.toString(right)).status()).isEqualTo(202);
        }
        for (int wrong : new int[] {min - 1, max + 1}) {
            create(parameter, Integer.toString(wrong)).requireRefusal(parameter + ": ");
        }
    }

    static Stream<Arguments> right() {
        return Stream.of(
                Arguments.of("MaximumRecordAgeInSeconds", "-1"),
                Arguments.of("Unknown", "{\"a\":[1]}"),
                Arguments.of("BatchSize", "null"),
                Arguments.of("StartingPosition", "\"LATEST\""),
                Arguments.of("FunctionName", "\"123456789012:function:orders:$LATEST\""),
                Arguments.of("FunctionName", "\"orders\\u002dtwo\""),
                Arguments.of("FunctionResponseTypes", "[\"ReportBatchItemFailures\"]"),
                Arguments.of("FunctionResponseTypes", "[]"),
                Arguments.of("FilterCriteria", filters("{\\\"value\\\":{\\\"a\\\":[{\\\"prefix\\\":\\\"b\\\"}]}}")),
                Arguments.of("FilterCriteria", filters("{\\\"key\\\":[\\\"a\\\"]}")),
                Arguments.of("FilterCriteria", "{}"),
                Arguments.of("FilterCriteria", "{\"Filters\":[]}"),
                Arguments.of("ProvisionedPollerConfig", "{\"MinimumPollers\":200,\"MaximumPollers\":2000}"),
                Arguments.of("ProvisionedPollerConfig", "{\"MinimumPollers\":3,\"MaximumPollers\":3}"),
                Arguments.of("ProvisionedPollerConfig", "{}"),
                Arguments.of("DestinationConfig", destination("arn:aws:sqs:eu-central-1:123456789012:failed")),
                Arguments.of("DestinationConfig", destination("arn:aws:sns:eu-central-1:123456789012:failed")),
                Arguments.of("DestinationConfig", destination("arn:aws:s3:::failed-orders")),
                Arguments.of("DestinationConfig", destination("kafka://failed")),
                Arguments.of("DestinationConfig", "{\"OnSuccess\":{},\"OnFailure\":{}}"),
                Arguments.of("SelfManagedKafkaEventSourceConfig", "{\"ConsumerGroupId\":\"a/*:_+=.@-9\"}"),
                Arguments.of("SourceAccessConfigurations", access("SASL_SCRAM_512_AUTH")),
                Arguments.of("SourceAccessConfigurations", access("CLIENT_CERTIFICATE_TLS_AUTH")),
                Arguments.of("SourceAccessConfigurations", access("BASIC_AUTH", "SERVER_ROOT_CA_CERTIFICATE")),
                Arguments.of("SourceAccessConfigurations", access("VPC_SUBNET", "VPC_SUBNET", "VPC_SECURITY_GROUP")),
                Arguments.of(
                        "SelfManagedKafkaEventSourceConfig",
                        registry("https://registry", ",\"AccessConfigs\":" + access("BASIC_AUTH"))),
                Arguments.of(
                        "SelfManagedKafkaEventSourceConfig",
                        registry("arn:aws:glue:eu-central-1:123456789012:registry/shop", "")),
                Arguments.of("KMSKeyArn", "\"\""),
                Arguments.of("MetricsConfig", "{\"Metrics\":[\"EventCount\"]}"),
                Arguments.of("LoggingConfig", "{\"SystemLogLevel\":\"DEBUG\"}"),
                Arguments.of("TumblingWindowInSeconds", "0"),
                Arguments.of("ParallelizationFactor", "1"));
    }

    @ParameterizedTest
    @MethodSource("right")
    void whatAwsTakesIsTaken(String parameter, String json) {
        RawHttp.Reply reply = create(parameter, json);

        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(202);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("FunctionName", "null", "FunctionName: is needed"),
                Arguments.of("FunctionName", "\"a b\"", "FunctionName: must be a function's name or ARN"),
                Arguments.of(
                        "FunctionName",
                        "\"arn:aws:lambda:us-east-1:123456789012:function:a\"",
                        "kafila.mapping.functions"),
                Arguments.of("Topics", "[]", "Topics: exactly one is needed"),
                Arguments.of("Topics", "[\"a\",\"b\"]", "Topics: exactly one is needed"),
                Arguments.of("Topics", "[\"a b\"]", "Topics: a topic's name"),
                Arguments.of("Topics", "[\"..\"]", "Topics: a topic's name"),
                Arguments.of("Topics", "[\"" + "a".repeat(250) + "\"]", "Topics: a topic's name"),
                Arguments.of(
                        "MaximumRecordAgeInSeconds",
                        "0",
                        "MaximumRecordAgeInSeconds: must be -1, or from 60 to 604800"),
                Arguments.of(
                        "SelfManagedEventSource",
                        "null",
                        "SelfManagedEventSource: one of it and EventSourceArn is needed"),
                Arguments.of("SelfManagedEventSource", "{}", "SelfManagedEventSource.Endpoints: must be KAFKA"),
                Arguments.of("SelfManagedEventSource", "{\"Endpoints\":{\"OTHER\":[\"one:9092\"]}}", "must be KAFKA"),
                Arguments.of("SelfManagedEventSource", brokers(), "1 to 10 brokers"),
                Arguments.of("SelfManagedEventSource", brokers("one"), "a broker is written host:port"),
                Arguments.of("SelfManagedEventSource", brokers("one:0"), "a broker is written host:port"),
                Arguments.of("SelfManagedEventSource", brokers("one:65536"), "a broker is written host:port"),
                Arguments.of("SelfManagedEventSource", brokers("SASL_SSL://one:9092"), "a broker is written host:port"),
                Arguments.of("SelfManagedEventSource", brokers("three:9092"), "kafila.mapping.brokers"),
                Arguments.of("EventSourceArn", "\"" + ApiFixture.MSK + "\"", "and not both"),
                Arguments.of(
                        "StartingPosition",
                        "\"EARLIEST\"",
                        "StartingPosition: must be TRIM_HORIZON, LATEST or AT_TIMESTAMP"),
                Arguments.of("StartingPosition", "\"AT_TIMESTAMP\"", "StartingPositionTimestamp: is needed"),
                Arguments.of("StartingPositionTimestamp", "1767323045", "StartingPositionTimestamp: is for"),
                Arguments.of(
                        "SelfManagedKafkaEventSourceConfig", "{\"ConsumerGroupId\":\"\"}", "ConsumerGroupId: must be"),
                Arguments.of(
                        "SelfManagedKafkaEventSourceConfig",
                        "{\"ConsumerGroupId\":\"a b\"}",
                        "ConsumerGroupId: must be"),
                Arguments.of(
                        "SelfManagedKafkaEventSourceConfig",
                        "{\"ConsumerGroupId\":\"" + "a".repeat(201) + "\"}",
                        "ConsumerGroupId: must be"),
                Arguments.of(
                        "AmazonManagedKafkaEventSourceConfig",
                        "{\"ConsumerGroupId\":\"a\"}",
                        "is for an EventSourceArn"),
                Arguments.of("FilterCriteria", filters("{"), "FilterCriteria.Filters[0].Pattern"),
                Arguments.of("FilterCriteria", filters("{\\\"value\\\":5}"), "FilterCriteria.Filters[0].Pattern"),
                Arguments.of("FilterCriteria", "{\"Filters\":[{}]}", "FilterCriteria.Filters[0].Pattern"),
                Arguments.of(
                        "DestinationConfig", destination("orders"), "DestinationConfig.OnFailure.Destination: must be"),
                Arguments.of(
                        "DestinationConfig",
                        destination("arn:aws:lambda:eu-central-1:123456789012:function:a"),
                        "must be"),
                Arguments.of(
                        "DestinationConfig",
                        destination("kafka://a b"),
                        "DestinationConfig.OnFailure.Destination: must be"),
                Arguments.of(
                        "DestinationConfig",
                        "{\"OnSuccess\":{\"Destination\":\"kafka://a\"}}",
                        "DestinationConfig.OnSuccess"),
                Arguments.of("FunctionResponseTypes", "[\"Other\"]", "FunctionResponseTypes: must be"),
                Arguments.of(
                        "ProvisionedPollerConfig",
                        "{\"MinimumPollers\":0}",
                        "ProvisionedPollerConfig.MinimumPollers: "),
                Arguments.of(
                        "ProvisionedPollerConfig",
                        "{\"MinimumPollers\":201}",
                        "ProvisionedPollerConfig.MinimumPollers: "),
                Arguments.of(
                        "ProvisionedPollerConfig",
                        "{\"MaximumPollers\":2001}",
                        "ProvisionedPollerConfig.MaximumPollers: "),
                Arguments.of(
                        "ProvisionedPollerConfig",
                        "{\"MinimumPollers\":3,\"MaximumPollers\":2}",
                        "must not be above MaximumPollers"),
                Arguments.of("SourceAccessConfigurations", access("VIRTUAL_HOST"), "Type VIRTUAL_HOST is none"),
                Arguments.of("SourceAccessConfigurations", access("OTHER"), "Type OTHER is none"),
                Arguments.of(
                        "SourceAccessConfigurations",
                        "[{\"URI\":\"broker\"}]",
                        "SourceAccessConfigurations: Type null"),
                Arguments.of(
                        "SourceAccessConfigurations",
                        "[{\"Type\":\"BASIC_AUTH\"}]",
                        "SourceAccessConfigurations: a URI"),
                Arguments.of(
                        "SourceAccessConfigurations",
                        access("BASIC_AUTH", "SASL_SCRAM_512_AUTH"),
                        "only one may be given"),
                Arguments.of(
                        "SourceAccessConfigurations",
                        access("SERVER_ROOT_CA_CERTIFICATE", "SERVER_ROOT_CA_CERTIFICATE"),
                        "only one may be given"),
                Arguments.of(
                        "SourceAccessConfigurations",
                        "[{\"Type\":\"BASIC_AUTH\",\"URI\":\"env:HOME\"}]",
                        "kafila.mapping.secrets."),
                Arguments.of(
                        "SelfManagedKafkaEventSourceConfig",
                        registry("https://registry", "").replace("SOURCE", "XML"),
                        "SchemaRegistryConfig.EventRecordFormat"),
                Arguments.of(
                        "SelfManagedKafkaEventSourceConfig",
                        registry("https://other", ""),
                        "kafila.mapping.registries"),
                Arguments.of("Queues", "[\"a\"]", "Queues: "),
                Arguments.of("DocumentDBEventSourceConfig", "{}", "DocumentDBEventSourceConfig: "),
                Arguments.of("ScalingConfig", "{\"MaximumConcurrency\":2}", "ScalingConfig: "),
                Arguments.of("TumblingWindowInSeconds", "1", "TumblingWindowInSeconds: "),
                Arguments.of("ParallelizationFactor", "2", "ParallelizationFactor: "),
                Arguments.of("KMSKeyArn", "\"arn:aws:kms:a\"", "KMSKeyArn: "),
                Arguments.of("MetricsConfig", "{\"Metrics\":[\"Other\"]}", "MetricsConfig.Metrics: "),
                Arguments.of("LoggingConfig", "{\"SystemLogLevel\":\"ERROR\"}", "LoggingConfig.SystemLogLevel: "),
                Arguments.of("Tags", "{\"aws:a\":\"b\"}", "Tags: a key"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsRefusedIsNamed(String parameter, String json, String said) {
        create(parameter, json).requireRefusal(said);
    }

    @Test
    void allProblemsAreToldAtOnce() {
        http.post("{\"BatchSize\":0}")
                .requireRefusal("FunctionName: is needed; Topics: exactly one is needed; ", "BatchSize: ");
    }

    /** Each of a topic of its own, so that none is another's twin. */
    private static RawHttp.Reply create(String parameter, String json) {
        Map<String, String> members = new HashMap<>(Map.of("Topics", "[\"orders-" + ++topics + "\"]"));
        members.put(parameter, json);
        return http.post(body(members));
    }
}
