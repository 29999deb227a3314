package dev.kafila.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.EndPointType;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.lambda.model.SchemaRegistryEventRecordFormat;
import software.amazon.awssdk.services.lambda.model.SourceAccessType;

class SdkJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static CreateEventSourceMappingRequest read(String json) throws Exception {
        return SdkJson.read(JSON.readTree(json), CreateEventSourceMappingRequest.builder())
                .build();
    }

    @Test
    void readsWhatAClientSends() throws Exception {
        CreateEventSourceMappingRequest request = read("""
                {"FunctionName":"orders","Topics":["orders"],"Enabled":false,"BatchSize":10,"StartingPositionTimestamp":1767323045.5,
                 "SourceAccessConfigurations":[{"Type":"SASL_SCRAM_512_AUTH","URI":"secret"}],
                 "SelfManagedEventSource":{"Endpoints":{"KAFKA_BOOTSTRAP_SERVERS":["a:9092","b:9092"]}},
                 "FunctionResponseTypes":["ReportBatchItemFailures"],"Tags":{"team":"shop"},
                 "SelfManagedKafkaEventSourceConfig":{"SchemaRegistryConfig":{"SchemaRegistryURI":"https://registry","EventRecordFormat":"JSON"}}}
                """);

        assertThat(request.functionName()).isEqualTo("orders");
        assertThat(request.topics()).containsExactly("orders");
        assertThat(request.enabled()).isFalse();
        assertThat(request.batchSize()).isEqualTo(10);
        assertThat(request.startingPositionTimestamp()).isEqualTo(Instant.parse("2026-01-02T03:04:05.500Z"));
        assertThat(request.sourceAccessConfigurations()).singleElement().satisfies(access -> assertThat(access.type())
                .isEqualTo(SourceAccessType.SASL_SCRAM_512_AUTH));
        assertThat(request.selfManagedEventSource().endpoints())
                .isEqualTo(Map.of(EndPointType.KAFKA_BOOTSTRAP_SERVERS, List.of("a:9092", "b:9092")));
        assertThat(request.functionResponseTypes()).containsExactly(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES);
        assertThat(request.tags()).isEqualTo(Map.of("team", "shop"));
        assertThat(request.selfManagedKafkaEventSourceConfig()
                        .schemaRegistryConfig()
                        .eventRecordFormat())
                .isEqualTo(SchemaRegistryEventRecordFormat.JSON);
        assertThat(request.maximumRetryAttempts()).isNull();
    }

    @Test
    void aTimeMayBeATextAndNullIsAsGoodAsAbsent() throws Exception {
        CreateEventSourceMappingRequest request = read(
                "{\"StartingPositionTimestamp\":\"2026-01-02T03:04:05Z\",\"BatchSize\":null,\"Unknown\":{\"a\":1}}");

        assertThat(request.startingPositionTimestamp()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(request.batchSize()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|The request must be an object",
                "{\"BatchSize\":\"10\"}|BatchSize must be an integer",
                "{\"BatchSize\":1.5}|BatchSize must be an integer",
                "{\"BatchSize\":99999999999}|BatchSize must be an integer",
                "{\"Enabled\":\"true\"}|Enabled must be true or false",
                "{\"FunctionName\":1}|FunctionName must be a string",
                "{\"Topics\":\"orders\"}|Topics must be a list",
                "{\"Topics\":[\"a\",1]}|Topics[1] must be a string",
                "{\"Tags\":[]}|Tags must be an object",
                "{\"Tags\":{\"a\":1}}|Tags.a must be a string",
                "{\"StartingPositionTimestamp\":\"soon\"}|StartingPositionTimestamp must be a time",
                "{\"StartingPositionTimestamp\":1e300}|StartingPositionTimestamp must be a time",
                "{\"SelfManagedEventSource\":{\"Endpoints\":{\"KAFKA_BOOTSTRAP_SERVERS\":\"a\"}}}|SelfManagedEventSource.Endpoints.KAFKA_BOOTSTRAP_SERVERS must be a list",
            })
    void aMemberThatIsNotOfItsTypeIsNamed(String json, String problem) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void writesWhatIsSetAsAClientReadsIt() throws Exception {
        EventSourceMappingConfiguration mapping = EventSourceMappingConfiguration.builder()
                .uuid("u")
                .batchSize(100)
                .lastModified(Instant.ofEpochMilli(1_569_284_520_333L))
                .bisectBatchOnFunctionError(false)
                .topics("orders")
                .functionResponseTypesWithStrings("ReportBatchItemFailures")
                .selfManagedEventSource(
                        source -> source.endpoints(Map.of(EndPointType.KAFKA_BOOTSTRAP_SERVERS, List.of("a:9092"))))
                .destinationConfig(config -> config.onFailure(failure -> failure.destination("kafka://failed")))
                .build();

        JsonNode json = SdkJson.write(mapping);

        assertThat(JSON.readTree(json.toString())).isEqualTo(JSON.readTree("""
                        {"UUID":"u","BatchSize":100,"LastModified":1569284520.333,"BisectBatchOnFunctionError":false,"Topics":["orders"],
                         "FunctionResponseTypes":["ReportBatchItemFailures"],
                         "SelfManagedEventSource":{"Endpoints":{"KAFKA_BOOTSTRAP_SERVERS":["a:9092"]}},
                         "DestinationConfig":{"OnFailure":{"Destination":"kafka://failed"}}}
                        """));
        assertThat(SdkJson.read(json, EventSourceMappingConfiguration.builder()).build())
                .isEqualTo(mapping);
    }
}
