package dev.kafila.routes;

import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.Workplace;
import dev.kafila.batch.Ledger;
import dev.kafila.batch.SharedBroker;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.EventEntry;
import dev.kafila.sandbox.PutTimeline;
import dev.kafila.sandbox.SandboxBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The flow of the jar as users run it: settings, a real broker, the real AWS client. */
@Timeout(120)
@ExtendWith(SharedBroker.class)
class KafkaToEventBridgeTest {
    private final EventRoute route;

    KafkaToEventBridgeTest(SandboxBroker broker, @TempDir Path directory) {
        route = new EventRoute(broker, directory);
    }

    @AfterEach
    void close() throws Exception {
        route.close();
    }

    @Test
    void everyRecordIsAnEventAndIsCommitted() throws Exception {
        route.start().produce(250);

        route.assertSettled(0);
        assertThat(route.events.received()).allMatch(put -> put.entries().size() <= 10);
        assertThat(route.events.described()).isEqualTo(1);
    }

    @Test
    void anOrderedBatchThatIsStoppedHalfwayGoesOnWhereItWas() throws Exception {
        route.events.byDefault(Answer.slow(Duration.ofMillis(200)));
        route.with("ordered", "true").with("batch-size", "100").produce(100).start();
        await().until(() -> route.events.count() >= 6);

        route.application().close();
        assertThat(route.count(Ledger.Entry::delivered))
                .isEqualTo(route.taken().size())
                .isEqualTo(route.committed(0) + route.committed(1));
        route.start().awaitAllCommitted();

        assertThat(route.taken()).doesNotHaveDuplicates().hasSize(200);
    }

    @Test
    void howManyRequestsMayBeOutIsAMetric() throws Exception {
        route.start();

        assertThat(Workplace.get(route.application(), "/observe/metrics").body())
                .containsPattern("\nkafila_eventbridge_inflight_limit\\{bus=\"" + EventRoute.BUS
                        + "\",.*route=\"kafka-to-eventbridge\".*} 64.0\n");
    }

    @Test
    void withoutAnyOtherSettingAnEventSaysWhatAwssConnectorSays() throws Exception {
        route.start().send(1, "{\"order\": 1.0}");
        route.assertSettled(0);

        EventEntry entry = route.events.entries().get(0);
        assertThat(entry.source()).isEqualTo("kafka-connect.kafila");
        assertThat(entry.detailType()).isEqualTo("kafka-connect-" + route.topic);
        assertThat(entry.bus()).isEqualTo(EventRoute.BUS);
        assertThat(entry.time()).isNull();
        assertThat(entry.resources()).isEmpty();
        JsonNode detail = new ObjectMapper().readTree(entry.detail());
        assertThat(detail.path("topic").asText()).isEqualTo(route.topic);
        assertThat(detail.path("partition").asInt()).isEqualTo(1);
        assertThat(detail.path("offset").asLong()).isZero();
        assertThat(detail.path("key").asText()).isEqualTo("k");
        assertThat(detail.path("value").asText()).isEqualTo("{\"order\": 1.0}");
    }

    @Test
    void everySettingOfAnEventReachesTheBus() throws Exception {
        String arn = "arn:aws:events:eu-central-1:000000000000:event-bus/" + EventRoute.BUS;
        route.with("bus", arn)
                .with("connector-id", "shop")
                .with("detail-type", "order of ${topic}")
                .with("resources", "arn:one, arn:two")
                .with("time", "record")
                .with("value-converter", "json")
                .with("filter", "{\"value\":{\"kind\":[\"order\"]}}")
                .start()
                .send(0, "{\"kind\":\"order\"}");
        route.send(0, "{\"kind\":\"else\"}");
        route.awaitAllCommitted();

        assertThat(route.count(Ledger.Entry::filtered)).isEqualTo(1);
        assertThat(route.events.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.bus()).isEqualTo(arn);
            assertThat(entry.source()).isEqualTo("kafka-connect.shop");
            assertThat(entry.detailType()).isEqualTo("order of " + route.topic);
            assertThat(entry.resources()).containsExactly("arn:one", "arn:two");
            assertThat(entry.time()).isNotNull();
            assertThat(entry.detail()).endsWith("\"value\":{\"kind\":\"order\"}}");
        });
    }

    @Test
    void whatARecordSaysOfItsEventReachesTheBusAndWhatIsNoTimeTheDeadLetters() throws Exception {
        route.withDeadLetters()
                .with("detail-type", "$.detail.value['order.type'][0]")
                .with("time", "$.detail.value.at")
                .with("header-types", "connect")
                .with("value-converter", "json")
                .start()
                .send(0, "{\"order.type\":[\"placed\"],\"at\":\"2026-01-31T06:00:00Z\"}");
        route.send(0, "{\"order.type\":[\"placed\"],\"at\":\"soon\"}");

        route.assertSettled(1);
        assertThat(route.events.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.detailType()).isEqualTo("placed");
            assertThat(entry.time()).isEqualTo(1_769_839_200.0);
        });
        assertThat(route.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.headers()
                        .lastHeader("__connect.errors.exception.message")
                        .value())
                .asString()
                .startsWith("Cannot format " + route.topic + "-0@1: $.detail.value.at is neither a time")
                .doesNotContain("soon"));
    }

    @Test
    void noMoreRequestsAreOutThanTheSettingSays() throws Exception {
        route.events.byDefault(Answer.slow(Duration.ofMillis(100)));
        route.with("max-in-flight", "3").start().produce(100);

        route.assertSettled(0);
        assertThat(route.events.maxInFlight()).isEqualTo(3);
    }

    @Test
    void anOrderedRouteHasOneRequestOfEachPartitionOut() throws Exception {
        route.events.byDefault(Answer.slow(Duration.ofMillis(20)));
        route.with("ordered", "true").start().produce(100);

        route.assertSettled(0);
        route.assertOrdered();
        assertThat(route.events.maxInFlight()).isEqualTo(EventRoute.PARTITIONS);
        assertThat(PutTimeline.of(route.events.exchanges()).mostAtOnce()).isEqualTo(EventRoute.PARTITIONS);
    }

    @Test
    void aRecordThatIsRefusedGoesToTheDeadLettersWithTheErrorOfItsEntry() throws Exception {
        route.events.failsEntriesWhen(entry -> entry.detail().contains("poison"), "MalformedDetail");
        route.withDeadLetters().start().produce(5).send(0, "poison");

        route.assertSettled(1);
        assertThat(route.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.value()).isEqualTo(utf8("poison"));
            assertThat(letter.headers().lastHeader("kafila.error.code").value()).isEqualTo(utf8("MalformedDetail"));
            assertThat(letter.headers().lastHeader("kafila.target").value()).isEqualTo(utf8(EventRoute.BUS));
            assertThat(letter.headers()
                            .lastHeader("__connect.errors.connector.name")
                            .value())
                    .isEqualTo(utf8("kafka-to-eventbridge"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void aPoisonRecordStopsOnlyItsPartitionAndGoesOnAfterResume(String ordered) throws Exception {
        route.events.failsEntriesWhen(
                entry -> PutTimeline.record(entry).equals(route.topic + "-0@25"), "InvalidArgument");
        route.with("ordered", ordered).with("batch-size", "10").start().produce(50);
        await().until(() -> route.committed(1) == 50 && route.health().contains("cannot be delivered"));
        assertThat(route.committed(0)).isBetween(20L, 25L);

        route.events.answersNormally();
        route.resume(0);

        route.assertSettled(0);
        await().until(() -> !route.health().contains("cannot be delivered"));
    }

    @Test
    void whatIsWrongWithRightsStopsAndNoRecordIsGivenUp() throws Exception {
        route.events.failsEntriesWhen(entry -> true, "AccessDeniedException");
        route.withDeadLetters().with("max-attempts", "1").start().produce(20);
        route.awaitAllStopped("AccessDeniedException");

        route.events.answersNormally();
        route.resumeAll();

        route.assertSettled(0);
    }

    @Test
    void stoppingWhileAnEntryWaitsForItsRetrySettlesOnlyWhatIsBeforeIt() throws Exception {
        route.events.failsEntriesWhen(entry -> EventRoute.offset(entry) == 3, "InternalFailure");
        route.withDeadLetters()
                .with("retry-delay", "60s")
                .with("retry-delay-max", "60s")
                .start()
                .produce(10);
        await().until(() -> route.taken().size() == 2 * 9);

        route.application().close();

        assertThat(route.committed(0)).isEqualTo(3);
        assertThat(route.committed(1)).isEqualTo(3);
        assertThat(route.deadLetters()).isEmpty();
        assertThat(route.sendings()).containsEntry(route.topic + "-0@3", 1L);
    }

    @Test
    void aBusThatIsNotThereIsRefusedAndNoEventVanishes() {
        route.with("bus", "typo").produce(1);

        assertThatThrownBy(route::start)
                .hasMessageContaining("kafka-to-eventbridge: event bus typo (kafila.eventbridge.bus) does not exist")
                .hasMessageContaining("kafila.eventbridge.validate");

        assertThat(route.events.count()).isZero();
    }

    @Test
    void withoutValidationNobodyAsksForTheBusAndItsEventsVanish() throws Exception {
        route.with("bus", "typo").with("validate", "false").start().produce(5);
        route.awaitAllCommitted();

        assertThat(route.events.described()).isZero();
        assertThat(route.events.vanished()).isEqualTo(10);
        assertThat(List.copyOf(route.taken())).isEmpty();
    }

    @Test
    void aBusThatThrottlesByConcurrencyGetsFewerRequestsAtOnceAndEverything() throws Exception {
        route.events.answersBeyond(4, Answer.rateExceeded());
        route.events.byDefault(Answer.slow(Duration.ofMillis(20)));
        route.with("batch-size", "500").start().produce(1000);

        route.assertSettled(0);
        assertThat(route.events.count() - route.events.deliveredCount()).isLessThan(route.events.count() / 2);
    }

    @Test
    void aBusThatThrottlesByRateGetsFewerRequestsAndEverything() throws Exception {
        route.events.answersFasterThan(40, Answer.rateExceeded());
        route.with("batch-size", "500")
                .with("retry-delay", "500ms")
                .with("retry-delay-max", "60s")
                .start()
                .produce(400);

        route.assertSettled(0);
    }
}
