package dev.kafila.eventbridge;

import static dev.kafila.eventbridge.EventBridgeFlow.BUS;
import static dev.kafila.record.TestRecords.records;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.Outcomes;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.failure.Pending;
import dev.kafila.lambda.TestLease;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What dead letters, health and the ages of records say of events that are not delivered. */
class GivenUpEntriesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration HOUR = Duration.ofHours(1);

    private final SandboxAws aws = SandboxAws.start();
    private final SandboxEvents events = aws.events();
    private final TestLease lease = new TestLease();
    private final EventBridgeFlow flow = EventBridgeFlow.to(aws).deadLettersTo("mock:dead-letters");

    @AfterEach
    void close() {
        flow.close();
        lease.close();
        aws.close();
    }

    @Test
    void aDeadLetterNamesTheErrorOfItsEntryAndItsAttempts() throws Exception {
        flow.with("onFailure", "dead-letter").start();
        events.failsEntries(Map.of(0, "MalformedDetail", 1, "InternalFailure"));
        events.failsEntries(Map.of(0, "InternalFailure"));
        events.failsEntries(Map.of(0, "InternalException"));

        Exchange exchange = deliver(records("a", "b", "c"));

        assertThat(exchange.getException()).isNull();
        assertThat(outcomes(exchange)).isEqualTo(new Outcomes(1, 0, 0, 2));
        List<JsonNode> letters = letters();
        assertThat(letters).extracting(letter -> letter.get("offset").asInt()).containsExactly(0, 1);
        JsonNode malformed = letters.get(0).get("error");
        assertThat(malformed.get("kafila.error.kind").asText()).isEqualTo("permanent");
        assertThat(malformed.get("kafila.error.code").asText()).isEqualTo("MalformedDetail");
        assertThat(malformed.get("kafila.attempts").asText()).isEqualTo("1");
        assertThat(malformed.get("kafila.target").asText()).isEqualTo(BUS);
        assertThat(malformed.get("__connect.errors.stage").asText()).isEqualTo("TASK_PUT");
        assertThat(malformed.get("__connect.errors.class.name").asText())
                .isEqualTo(EventBridgeDelivery.class.getName());
        assertThat(malformed.get("__connect.errors.exception.class.name").asText())
                .isEqualTo(EntryRefusedException.class.getName());
        JsonNode failed = letters.get(1).get("error");
        assertThat(failed.get("kafila.error.kind").asText()).isEqualTo("transient");
        assertThat(failed.get("kafila.error.code").asText()).isEqualTo("InternalException");
        assertThat(failed.get("kafila.attempts").asText()).isEqualTo("3");
        assertThat(time(failed, "kafila.first.failure")).isBefore(time(failed, "kafila.last.failure"));
    }

    @Test
    void aDeadLetterOfARefusedRequestNamesStatusAndCode() throws Exception {
        flow.with("onFailure", "dead-letter").start();
        events.byDefault(Answer.status(400, "ValidationException"));

        assertThat(outcomes(deliver(records("a")))).isEqualTo(Outcomes.deadLettered(1));

        assertThat(letters()).singleElement().satisfies(letter -> assertThat(
                        letter.get("error").get("kafila.error.code").asText())
                .isEqualTo("ValidationException 400"));
    }

    @Test
    void aRecordThatCannotBeReadIsDeadLetteredAndItsNeighboursAreDelivered() throws Exception {
        flow.with("onFailure", "dead-letter").with("valueConverter", "json").start();

        Exchange exchange = deliver(records("{\"a\":1}", "{no", "{\"c\":3}"));

        assertThat(outcomes(exchange)).isEqualTo(new Outcomes(2, 0, 0, 1));
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.get("offset").asInt()).isEqualTo(1);
            assertThat(letter.get("error").get("kafila.attempts").asText()).isEqualTo("0");
        });
        assertThat(events.entries(BUS)).hasSize(2);
    }

    @Test
    void whatIsTooOldIsDroppedWithoutARequestAndTheRestIsDelivered() throws Exception {
        flow.with("onFailure", "drop").with("maxRecordAge", "1h").start();

        Exchange exchange = deliver(List.of(at(0, old()), at(1, now()), at(2, old()), at(3, now())));

        assertThat(outcomes(exchange)).isEqualTo(new Outcomes(2, 0, 2, 0));
        assertThat(events.received()).singleElement().satisfies(put -> assertThat(put.entries())
                .extracting(entry -> JSON.readTree(entry.detail()).get("offset").asInt())
                .containsExactly(1, 3));
    }

    @Test
    void underAPolicyThatStopsWhatIsBeforeTheOldRecordIsDeliveredFirst() throws Exception {
        flow.with("maxRecordAge", "1h").start();

        Exchange exchange = deliver(List.of(at(0, now()), at(1, old()), at(2, now())));

        assertThat(exchange.getException())
                .isInstanceOf(PartitionStopException.class)
                .hasMessageContaining("orders-0@1 ");
        assertThat(Pending.of(exchange).parts())
                .flatExtracting(part -> part.records())
                .extracting(ConsumerRecord::offset)
                .contains(1L);
        assertThat(exchange.getProperty(BatchConstants.OUTCOMES, Outcomes.class).dropped())
                .isZero();
    }

    @Test
    void readinessSaysThatTheBusDoesNotTakeEventsUntilItDoes() throws Exception {
        flow.start();
        events.answers(Answer.status(400, "AccessDeniedException"));

        Exchange stopped = deliver(records("a"));

        HealthCheck.Result down = health();
        assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(down.getMessage())
                .hasValueSatisfying(reason -> assertThat(reason).contains("Bus " + BUS, "AccessDeniedException"));
        flow.send(lease, records("a"), Pending.of(stopped)).get(20, TimeUnit.SECONDS);
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
    }

    private HealthCheck.Result health() {
        return HealthCheckRegistry.get(flow.context()).stream()
                .filter(check -> check.getId().startsWith("eventbridge-" + BUS))
                .findFirst()
                .orElseThrow()
                .call();
    }

    private Exchange deliver(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        return flow.send(lease, records).get(20, TimeUnit.SECONDS);
    }

    private List<JsonNode> letters() throws Exception {
        List<JsonNode> letters = new ArrayList<>();
        for (Exchange letter : flow.context()
                .getEndpoint("mock:dead-letters", MockEndpoint.class)
                .getReceivedExchanges()) {
            letters.add(JSON.readTree(letter.getMessage().getBody(String.class)));
        }
        return letters;
    }

    private static Outcomes outcomes(Exchange exchange) {
        return exchange.getProperty(BatchConstants.OUTCOMES, Outcomes.class);
    }

    private static Instant time(JsonNode error, String field) {
        return Instant.parse(error.get(field).asText());
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static long old() {
        return now() - 2 * HOUR.toMillis();
    }

    private static ConsumerRecord<byte[], byte[]> at(long offset, long timestamp) {
        byte[] value = {'v'};
        return new ConsumerRecord<>(
                "orders",
                0,
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                -1,
                value.length,
                null,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
