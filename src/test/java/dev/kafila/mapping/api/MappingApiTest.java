package dev.kafila.mapping.api;

import static dev.kafila.mapping.api.ApiFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.mapping.Mapping.Wanted;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.EventSourcePosition;
import software.amazon.awssdk.services.lambda.model.Filter;
import software.amazon.awssdk.services.lambda.model.GetEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaValidationConfig;
import software.amazon.awssdk.services.lambda.model.SchemaRegistryEventRecordFormat;
import software.amazon.awssdk.services.lambda.model.UpdateEventSourceMappingResponse;

/** Each operation as AWS's own client for Java sees it. */
class MappingApiTest {
    private static final List<KafkaSchemaValidationConfig> VALUES =
            List.of(KafkaSchemaValidationConfig.builder().attribute("VALUE").build());

    private ApiFixture api;
    private LambdaClient lambda;

    @BeforeEach
    void start() {
        api = ApiFixture.start();
        lambda = api.client();
    }

    @AfterEach
    void stop() {
        lambda.close();
        api.close();
    }

    @Test
    void aNewMappingHasTheDefaultsOfAws() {
        CreateEventSourceMappingResponse created = lambda.createEventSourceMapping(request("orders"));

        assertThat(created.sdkHttpResponse().statusCode()).isEqualTo(202);
        assertThat(created.uuid()).hasSize(36);
        assertThat(created.eventSourceMappingArn())
                .isEqualTo("arn:aws:lambda:eu-central-1:123456789012:event-source-mapping:" + created.uuid());
        assertThat(created.functionArn()).isEqualTo(ApiFixture.FUNCTION);
        assertThat(created.state()).isEqualTo("Creating");
        assertThat(created.stateTransitionReason()).isEqualTo("USER_INITIATED");
        assertThat(created.lastProcessingResult()).isEqualTo("No records processed");
        assertThat(created.lastModified()).isBetween(Instant.now().minus(1, ChronoUnit.MINUTES), Instant.now());
        assertThat(created.startingPosition()).isEqualTo(EventSourcePosition.TRIM_HORIZON);
        assertThat(created.batchSize()).isEqualTo(100);
        assertThat(created.maximumBatchingWindowInSeconds()).isNull();
        assertThat(created.maximumRetryAttempts()).isEqualTo(-1);
        assertThat(created.maximumRecordAgeInSeconds()).isEqualTo(-1);
        assertThat(created.bisectBatchOnFunctionError()).isFalse();
        assertThat(created.topics()).containsExactly("orders");
        assertThat(created.selfManagedKafkaEventSourceConfig().consumerGroupId())
                .isEqualTo(created.uuid());
        assertThat(api.store().mapping(created.uuid()).wanted()).isEqualTo(Wanted.ENABLED);
    }

    @Test
    void everyParameterOfARequestIsAnswered() {
        CreateEventSourceMappingResponse created = lambda.createEventSourceMapping(request("orders").toBuilder()
                .enabled(false)
                .batchSize(7)
                .maximumBatchingWindowInSeconds(3)
                .startingPosition(EventSourcePosition.AT_TIMESTAMP)
                .startingPositionTimestamp(Instant.parse("2026-01-02T03:04:05.500Z"))
                .maximumRetryAttempts(2)
                .maximumRecordAgeInSeconds(60)
                .bisectBatchOnFunctionError(true)
                .functionResponseTypesWithStrings("ReportBatchItemFailures")
                .filterCriteria(criteria -> criteria.filters(List.of(filter("{\"value\":{\"a\":[1]}}"))))
                .destinationConfig(to -> to.onFailure(failed -> failed.destination("kafka://orders-failed")))
                .provisionedPollerConfig(pollers -> pollers.minimumPollers(2).maximumPollers(4))
                .selfManagedKafkaEventSourceConfig(kafka -> kafka.consumerGroupId("shop")
                        .schemaRegistryConfig(registry -> registry.schemaRegistryURI("https://registry")
                                .eventRecordFormat("SOURCE")
                                .schemaValidationConfigs(VALUES)))
                .build());

        GetEventSourceMappingResponse got = lambda.getEventSourceMapping(get -> get.uuid(created.uuid()));

        assertThat(got.sdkHttpResponse().statusCode()).isEqualTo(200);
        assertThat(got.toString().replace("GetEventS", "CreateEventS")).isEqualTo(created.toString());
        assertThat(got.batchSize()).isEqualTo(7);
        assertThat(got.maximumBatchingWindowInSeconds()).isEqualTo(3);
        assertThat(got.startingPositionTimestamp()).isEqualTo("2026-01-02T03:04:05.500Z");
        assertThat(got.maximumRetryAttempts()).isEqualTo(2);
        assertThat(got.maximumRecordAgeInSeconds()).isEqualTo(60);
        assertThat(got.bisectBatchOnFunctionError()).isTrue();
        assertThat(got.functionResponseTypesAsStrings()).containsExactly("ReportBatchItemFailures");
        assertThat(got.filterCriteria().filters()).hasSize(1);
        assertThat(got.destinationConfig().onFailure().destination()).isEqualTo("kafka://orders-failed");
        assertThat(got.provisionedPollerConfig().maximumPollers()).isEqualTo(4);
        assertThat(got.selfManagedKafkaEventSourceConfig().consumerGroupId()).isEqualTo("shop");
        assertThat(got.selfManagedKafkaEventSourceConfig()
                        .schemaRegistryConfig()
                        .eventRecordFormat())
                .isEqualTo(SchemaRegistryEventRecordFormat.SOURCE);
        assertThat(api.store().mapping(created.uuid()).wanted()).isEqualTo(Wanted.DISABLED);
    }

    @Test
    void aMappingOfAClusterOfMskHasItsGroupToo() {
        CreateEventSourceMappingResponse created = lambda.createEventSourceMapping(
                create -> create.functionName("orders").topics("orders").eventSourceArn(ApiFixture.MSK));

        assertThat(created.eventSourceArn()).isEqualTo(ApiFixture.MSK);
        assertThat(created.amazonManagedKafkaEventSourceConfig().consumerGroupId())
                .isEqualTo(created.uuid());
        assertThat(created.selfManagedKafkaEventSourceConfig()).isNull();
    }

    @Test
    void aMappingIsAnsweredWithWhatBecameOfIt() {
        String uuid = create("orders");
        api.store().tell(uuid, "Enabled", "EVENT_SOURCE_AUTHN_ERROR", "PROBLEM: Function call failed");

        GetEventSourceMappingResponse got = lambda.getEventSourceMapping(get -> get.uuid(uuid));

        assertThat(got.state()).isEqualTo("Enabled");
        assertThat(got.stateTransitionReason()).isEqualTo("EVENT_SOURCE_AUTHN_ERROR");
        assertThat(got.lastProcessingResult()).isEqualTo("PROBLEM: Function call failed");
    }

    @Test
    void afterAChangeTheTransitionIsTheStateUntilSomebodyHasSeenIt() {
        String uuid = create("orders");
        api.store().tell(uuid, "Enabled", "USER_INITIATED", "OK");

        UpdateEventSourceMappingResponse updated =
                lambda.updateEventSourceMapping(update -> update.uuid(uuid).batchSize(10));

        assertThat(updated.sdkHttpResponse().statusCode()).isEqualTo(202);
        assertThat(updated.batchSize()).isEqualTo(10);
        assertThat(updated.state()).isEqualTo("Updating");
        assertThat(updated.lastProcessingResult()).isEqualTo("OK");
        api.store().tell(uuid, "Enabled", "USER_INITIATED", "OK");
        assertThat(lambda.getEventSourceMapping(get -> get.uuid(uuid)).state()).isEqualTo("Enabled");
        assertThat(api.store().mapping(uuid).version()).isEqualTo(2);
    }

    @Test
    void aMappingIsDisabledAndEnabled() {
        String uuid = create("orders");

        assertThat(lambda.updateEventSourceMapping(update -> update.uuid(uuid).enabled(false))
                        .state())
                .isEqualTo("Disabling");
        assertThat(api.store().mapping(uuid).wanted()).isEqualTo(Wanted.DISABLED);
        assertThat(lambda.updateEventSourceMapping(update -> update.uuid(uuid).batchSize(5))
                        .state())
                .isEqualTo("Updating");
        assertThat(api.store().mapping(uuid).wanted()).isEqualTo(Wanted.DISABLED);
        assertThat(lambda.updateEventSourceMapping(update -> update.uuid(uuid).enabled(true))
                        .state())
                .isEqualTo("Enabling");
        assertThat(api.store().mapping(uuid).wanted()).isEqualTo(Wanted.ENABLED);
    }

    @Test
    void whatAnUpdateDoesNotSayStays() {
        String uuid = lambda.createEventSourceMapping(request("orders").toBuilder()
                        .batchSize(7)
                        .selfManagedKafkaEventSourceConfig(kafka -> kafka.consumerGroupId("shop"))
                        .build())
                .uuid();

        UpdateEventSourceMappingResponse updated = lambda.updateEventSourceMapping(update -> update.uuid(uuid)
                .functionName("customers:live")
                .selfManagedKafkaEventSourceConfig(
                        kafka -> kafka.schemaRegistryConfig(registry -> registry.schemaRegistryURI("https://registry")
                                .eventRecordFormat("JSON")
                                .schemaValidationConfigs(VALUES))));

        assertThat(updated.batchSize()).isEqualTo(7);
        assertThat(updated.functionArn()).endsWith(":function:customers:live");
        assertThat(updated.selfManagedKafkaEventSourceConfig().consumerGroupId())
                .isEqualTo("shop");
        assertThat(updated.selfManagedKafkaEventSourceConfig().schemaRegistryConfig())
                .isNotNull();
    }

    @Test
    void whatAnUpdateEmptiesIsGone() {
        String uuid = lambda.createEventSourceMapping(request("orders").toBuilder()
                        .filterCriteria(criteria -> criteria.filters(List.of(filter("{\"value\":[1]}"))))
                        .destinationConfig(to -> to.onFailure(failed -> failed.destination("kafka://orders-failed")))
                        .provisionedPollerConfig(pollers -> pollers.minimumPollers(2))
                        .build())
                .uuid();

        UpdateEventSourceMappingResponse updated = lambda.updateEventSourceMapping(update -> update.uuid(uuid)
                .filterCriteria(criteria -> {})
                .destinationConfig(to -> to.onFailure(failed -> failed.destination("")))
                .provisionedPollerConfig(pollers -> {}));

        assertThat(updated.filterCriteria()).isNull();
        assertThat(updated.destinationConfig()).isNull();
        assertThat(updated.provisionedPollerConfig()).isNull();
    }

    @Test
    void aDeletedMappingIsShownUntilItRunsNowhereAnyMore() {
        String uuid = create("orders");

        assertThat(lambda.deleteEventSourceMapping(delete -> delete.uuid(uuid)).state())
                .isEqualTo("Deleting");
        assertThat(lambda.getEventSourceMapping(get -> get.uuid(uuid)).state()).isEqualTo("Deleting");
        assertThat(api.store().mapping(uuid).wanted()).isEqualTo(Wanted.DELETED);
        api.store().forget(uuid);
        assertThat(lambda.listEventSourceMappings().eventSourceMappings()).isEmpty();
    }

    @Test
    void aDeletedMappingIsNoTwin() {
        String uuid = create("orders");
        lambda.deleteEventSourceMapping(delete -> delete.uuid(uuid));

        assertThat(create("orders")).isNotEqualTo(uuid);
    }

    private String create(String topic) {
        return lambda.createEventSourceMapping(request(topic)).uuid();
    }

    private static Filter filter(String pattern) {
        return Filter.builder().pattern(pattern).build();
    }
}
