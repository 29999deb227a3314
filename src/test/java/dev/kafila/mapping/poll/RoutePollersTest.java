package dev.kafila.mapping.poll;

import static dev.kafila.mapping.poll.PollerFixture.allowed;
import static dev.kafila.mapping.poll.PollerFixture.await;
import static dev.kafila.mapping.poll.PollerFixture.changed;
import static dev.kafila.mapping.poll.PollerFixture.mapping;
import static dev.kafila.mapping.poll.PollerFixture.produce;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kafila.batch.KafkaBatchComponent;
import dev.kafila.batch.Ledger;
import dev.kafila.batch.SharedBroker;
import dev.kafila.mapping.Mapping;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.SandboxBroker;
import dev.kafila.settings.MappingSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.camel.Route;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.lambda.model.Filter;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaRegistryAccessConfig;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaRegistryAuthType;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaValidationAttribute;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaValidationConfig;
import software.amazon.awssdk.services.lambda.model.SchemaRegistryEventRecordFormat;
import software.amazon.awssdk.services.lambda.model.SelfManagedKafkaEventSourceConfig;

@ExtendWith(SharedBroker.class)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class RoutePollersTest {
    private final SandboxBroker broker;
    private final String topic = "source-" + UUID.randomUUID();
    private PollerFixture fixture;

    RoutePollersTest(SandboxBroker broker) {
        this.broker = broker;
    }

    @BeforeEach
    void start() {
        broker.createTopic(topic, 4);
        fixture = new PollerFixture().allowing(allowed(broker.bootstrapServers()));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aMappingRunsAsARouteOfItsOwnAndItsRecordsReachTheFunction() {
        Mapping mapping = of("orders");
        produce(broker, topic, 0, 25);

        fixture.run(1, mapping);
        await(() -> fixture.offsets("orders", 0).size() == 25);

        JsonNode event = PollerFixture.event(fixture.received("orders").get(0));
        assertThat(event.path("eventSource").asText()).isEqualTo("SelfManagedKafka");
        assertThat(event.path("bootstrapServers").asText()).isEqualTo(broker.bootstrapServers());
        assertThat(fixture.offsets("orders", 0)).containsExactlyElementsOf(upTo(25));
        fixture.awaitSeen(
                mapping,
                seen -> seen.pollers() == 1
                        && seen.partitions() == 4
                        && seen.lag() == 0
                        && seen.reason() == null
                        && "OK".equals(seen.lastResult()));
        assertThat(Ledger.of(fixture.context).entries())
                .allMatch(entry -> entry.route().equals("mapping-" + mapping.uuid()))
                .allMatch(Ledger.Entry::balanced);
    }

    @Test
    void theClientsOfAMappingAreNobodyElses() {
        Mapping mapping = of("orders");
        fixture.run(1, mapping);
        fixture.awaitRunning(mapping, 1);

        assertThat(fixture.context
                        .getComponent("kafka-batch", KafkaBatchComponent.class)
                        .getKafkaClientFactory())
                .isNotInstanceOf(SourceClients.class);
        assertThat(fixture.context.getRegistry().findByType(KafkaClientFactory.class))
                .noneMatch(SourceClients.class::isInstance);
    }

    @Test
    void theBrokersOfAClusterOfMskAreTheOperatorsToName() {
        String cluster = "arn:aws:kafka:eu-west-1:123456789012:cluster/orders/1";
        fixture.allowing(new MappingSettings.Allowed(
                List.of(),
                Map.of(cluster, List.of("PLAINTEXT://" + broker.bootstrapServers())),
                List.of(),
                Map.of(),
                List.of(),
                List.of("*"),
                List.of("*")));
        Mapping mapping = mapping("unused:9092", topic, "orders", configuration -> configuration
                .selfManagedEventSource(none -> {})
                .selfManagedKafkaEventSourceConfig((SelfManagedKafkaEventSourceConfig) null)
                .eventSourceArn(cluster)
                .amazonManagedKafkaEventSourceConfig(config -> config.consumerGroupId(topic)));
        produce(broker, topic, 0, 1);

        fixture.run(1, mapping);
        await(() -> fixture.offsets("orders", 0).size() == 1);

        JsonNode event = PollerFixture.event(fixture.received("orders").get(0));
        assertThat(event.path("eventSource").asText()).isEqualTo("aws:kafka");
        assertThat(event.path("eventSourceArn").asText()).isEqualTo(cluster);
        assertThat(event.path("bootstrapServers").asText()).isEqualTo(broker.bootstrapServers());
    }

    @Test
    void aChangeOfNothingThatARouteIsMadeOfRestartsNothing() {
        Mapping mapping = of("orders");
        fixture.run(1, mapping);
        fixture.awaitRunning(mapping, 1);
        Route route = fixture.context.getRoute(RoutePollers.route(mapping.uuid()));

        Mapping tagged = changed(mapping, configuration -> configuration
                .state("Updating")
                .lastModified(Instant.now())
                .provisionedPollerConfig(pollers -> pollers.maximumPollers(3)));
        fixture.run(1, tagged);
        fixture.awaitSeen(tagged, seen -> seen.version() == tagged.version() && seen.pollers() == 1);
        assertThat(fixture.context.getRoute(RoutePollers.route(mapping.uuid()))).isSameAs(route);

        Mapping other = changed(tagged, configuration -> configuration.batchSize(7));
        fixture.run(1, other);
        fixture.awaitSeen(other, seen -> seen.version() == other.version() && seen.pollers() == 1);
        assertThat(fixture.context.getRoute(RoutePollers.route(mapping.uuid()))).isNotSameAs(route);
    }

    @Test
    void severalMappingsRunSideBySide() {
        Mapping one = of("orders");
        Mapping two = of("invoices");
        produce(broker, topic, 1, 10);

        fixture.run(2, one, two);

        await(() -> fixture.offsets("orders", 1).size() == 10
                && fixture.offsets("invoices", 1).size() == 10);
        fixture.awaitRunning(one, 2);
        fixture.awaitRunning(two, 2);
    }

    @Test
    void aChangeOfTheNumberOfPollersLeavesTheRouteAsItIs() {
        Mapping mapping = of("orders");
        fixture.run(1, mapping);
        fixture.awaitRunning(mapping, 1);
        Route route = route(mapping);

        fixture.run(4, mapping);
        fixture.awaitRunning(mapping, 4);
        fixture.run(2, mapping);
        fixture.awaitRunning(mapping, 2);

        assertThat(route(mapping)).isSameAs(route);
    }

    @Test
    void aChangeOfAMappingDrainsAndReplacesItsRouteAndNothingIsLostOrRepeated() {
        Mapping mapping = of("orders");
        fixture.aws.function("orders").byDefault(Answer.slow(Duration.ofMillis(20)));
        produce(broker, topic, 0, 200);
        fixture.run(1, mapping);
        await(() -> fixture.offsets("orders", 0).size() > 20);

        Mapping changed = changed(mapping, configuration -> configuration.batchSize(50));
        fixture.run(1, changed);
        produce(broker, topic, 0, 100);
        await(() -> fixture.offsets("orders", 0).size() >= 300);

        fixture.awaitRunning(changed, 1);
        assertThat(fixture.offsets("orders", 0)).containsExactlyElementsOf(upTo(300));
        assertThat(fixture.received("orders"))
                .anyMatch(invocation -> PollerFixture.event(invocation)
                                .path("records")
                                .elements()
                                .next()
                                .size()
                        > 10);
    }

    @Test
    void aBatchThatWaitsForItsNextAttemptDoesNotHoldUpTheChangeOfItsMapping() {
        Mapping mapping = of("orders");
        fixture.aws.function("orders").byDefault(Answer.functionError("Unhandled"));
        produce(broker, topic, 0, 5);
        fixture.run(1, mapping);
        fixture.awaitSeen(mapping, seen -> "PROBLEM: Function call failed".equals(seen.lastResult()));

        fixture.aws.function("orders").answersNormally();
        Mapping changed = changed(mapping, configuration -> configuration.batchSize(5));
        fixture.run(1, changed);

        await(() -> fixture.delivered("orders", 0).size() == 5);
        fixture.awaitRunning(changed, 1);
    }

    @Test
    void aMappingThatIsNoLongerWantedIsDrainedAndLeavesNothingBehind() {
        Mapping mapping = of("orders");
        fixture.aws.function("orders").byDefault(Answer.slow(Duration.ofSeconds(1)));
        produce(broker, topic, 0, 1);
        fixture.run(1, mapping);
        await(() -> !fixture.received("orders").isEmpty());

        fixture.run(0, mapping);
        assertThat(fixture.pollers.observe()).hasSize(1);
        await(() -> fixture.observation(mapping) == null);

        assertThat(broker.committed(mapping.uuid())).containsValue(1L);
        assertThat(route(mapping)).isNull();
        assertThat(((ModelCamelContext) fixture.context).getRouteDefinitions()).isEmpty();
        assertThat(fixture.context.getEndpoints()).isEmpty();
        for (String bean : List.of("clients", "delivery", "destination")) {
            assertThat(fixture.context.getRegistry().lookupByName("mapping-" + mapping.uuid() + "-" + bean))
                    .isNull();
        }
    }

    @Test
    void oneThatDrainsForLongDoesNotHoldUpOthers() {
        Mapping slow = of("slow");
        fixture.aws.function("slow").byDefault(Answer.slow(Duration.ofSeconds(5)));
        produce(broker, topic, 0, 1);
        fixture.run(1, slow);
        await(() -> !fixture.received("slow").isEmpty());

        Mapping other = of("orders");
        fixture.run(1, other);
        await(() -> fixture.offsets("orders", 0).size() == 1);

        assertThat(fixture.pollers.observe()).anyMatch(seen -> seen.uuid().equals(slow.uuid()) && seen.pollers() == 1);
        await(() -> fixture.observation(slow) == null);
        assertThat(fixture.received("slow")).hasSize(1);
    }

    @Test
    void closingDrainsAll() {
        Mapping mapping = of("orders");
        fixture.aws.function("orders").byDefault(Answer.slow(Duration.ofMillis(500)));
        produce(broker, topic, 0, 1);
        fixture.run(1, mapping);
        await(() -> !fixture.received("orders").isEmpty());

        fixture.pollers.close();

        assertThat(broker.committed(mapping.uuid())).containsValue(1L);
        assertThat(fixture.context.getRoutes()).isEmpty();
    }

    @Test
    void whatAMappingGivesUpGoesToItsDestination() {
        String destination = "given-up-" + UUID.randomUUID();
        broker.createTopic(destination, 1);
        Mapping mapping = mapping(broker.bootstrapServers(), topic, "orders", configuration -> configuration
                .maximumRetryAttempts(0)
                .destinationConfig(config -> config.onFailure(to -> to.destination("kafka://" + destination))));
        fixture.aws.function("orders").byDefault(Answer.functionError("Unhandled"));
        produce(broker, topic, 0, 2);

        fixture.run(1, mapping);

        await(() -> broker.records(destination).size() == 2);
        await(() -> broker.committed(mapping.uuid()).containsValue(2L));
    }

    @Test
    void whatAMappingWithoutADestinationGivesUpIsDropped() {
        Mapping mapping = mapping(
                broker.bootstrapServers(), topic, "orders", configuration -> configuration.maximumRetryAttempts(1));
        fixture.aws.function("orders").byDefault(Answer.functionError("Unhandled"));
        produce(broker, topic, 0, 2);

        fixture.run(1, mapping);

        await(() -> broker.committed(mapping.uuid()).containsValue(2L));
        assertThat(fixture.received("orders")).hasSize(2);
        assertThat(Ledger.of(fixture.context).entries()).anyMatch(entry -> entry.dropped() == 2 && entry.balanced());
    }

    @Test
    void aMappingThatRetriesForEverDropsWhatNoRequestCanHoldAndNothingElse() {
        Mapping mapping = of("orders");
        fixture.aws.function("orders").answers(Answer.status(400, "InvalidParameterValueException"));
        produce(broker, topic, 0, 1);
        fixture.run(1, mapping);
        fixture.awaitSeen(mapping, seen -> "OK".equals(seen.lastResult()));
        assertThat(fixture.delivered("orders", 0)).containsExactly(0L);

        fixture.aws.function("orders").byDefault(Answer.status(413, "RequestTooLargeException"));
        produce(broker, topic, 0, 2);
        await(() -> broker.committed(mapping.uuid()).containsValue(3L));

        assertThat(Ledger.of(fixture.context).entries())
                .anyMatch(entry -> entry.dropped() == 2 && entry.delivered() == 1 && entry.balanced());
    }

    @Test
    void aRouteIsMadeAnewWhenASecretOfItsRegistryHasChangedAndGoesOnWhenItCannotBeRead() {
        String arn = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:registry-AbCdEf";
        String registry = "https://registry.invalid";
        fixture.aws.secrets().put(arn, "{\"username\":\"a\",\"password\":\"b\"}");
        fixture.allowing(new MappingSettings.Allowed(
                List.of(broker.bootstrapServers()),
                Map.of(),
                List.of(registry),
                Map.of(),
                List.of(arn),
                List.of("*"),
                List.of("*")));
        Mapping mapping = mapping(
                broker.bootstrapServers(),
                topic,
                "orders",
                configuration -> configuration.selfManagedKafkaEventSourceConfig(config -> config.consumerGroupId(topic)
                        .schemaRegistryConfig(records -> records.schemaRegistryURI(registry)
                                .eventRecordFormat(SchemaRegistryEventRecordFormat.JSON)
                                .accessConfigs(KafkaSchemaRegistryAccessConfig.builder()
                                        .type(KafkaSchemaRegistryAuthType.BASIC_AUTH)
                                        .uri(arn)
                                        .build())
                                .schemaValidationConfigs(KafkaSchemaValidationConfig.builder()
                                        .attribute(KafkaSchemaValidationAttribute.VALUE)
                                        .build()))));
        fixture.run(1, mapping);
        fixture.awaitRunning(mapping, 1);
        Route before = route(mapping);

        fixture.aws.secrets().answers(Answer.status(503, "InternalServiceError"));
        long asked = fixture.aws.secrets().count();
        fixture.awaitSeen(mapping, seen -> fixture.aws.secrets().count() >= asked + 3);
        assertThat(route(mapping)).isSameAs(before);
        fixture.awaitRunning(mapping, 1);
        fixture.aws.secrets().put(arn, "{\"username\":\"a\",\"password\":\"c\"}");

        fixture.awaitSeen(mapping, seen -> route(mapping) != null && route(mapping) != before);
        fixture.awaitRunning(mapping, 1);
    }

    @Test
    void onlyRecordsThatOneOfTheFiltersWantsReachTheFunction() {
        Mapping mapping = mapping(
                broker.bootstrapServers(),
                topic,
                "orders",
                configuration -> configuration.filterCriteria(criteria -> criteria.filters(
                        Filter.builder().pattern("{\"value\":[\"v1\"]}").build(),
                        Filter.builder()
                                .pattern("{\"value\":[{\"prefix\":\"v2\"}]}")
                                .build())));
        produce(broker, topic, 0, 5);

        fixture.run(1, mapping);

        await(() -> broker.committed(mapping.uuid()).containsValue(5L));
        assertThat(fixture.offsets("orders", 0)).containsExactly(1L, 2L);
    }

    private Mapping of(String function) {
        return mapping(broker.bootstrapServers(), topic, function, configuration -> {});
    }

    private Route route(Mapping mapping) {
        return fixture.context.getRoute("mapping-" + mapping.uuid());
    }

    private static List<Long> upTo(long end) {
        return LongStream.range(0, end).boxed().toList();
    }
}
