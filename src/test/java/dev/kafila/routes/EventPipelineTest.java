package dev.kafila.routes;

import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.Workplace;
import dev.kafila.batch.Ledger;
import dev.kafila.sandbox.EventEntry;
import dev.kafila.sandbox.SandboxBroker;
import dev.kafila.schema.RegistryServer;
import dev.kafila.schema.SharedRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a record before it is an event: converters, filter and transforms as in the flow to Lambda, and whose right it is. */
@Timeout(120)
class EventPipelineTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROLE = "arn:aws:iam::123456789012:role/put-events";

    private static SandboxBroker broker;

    @TempDir
    private Path directory;

    private EventRoute route;

    @BeforeAll
    static void startBroker() {
        broker = SandboxBroker.start(Map.of("auto.create.topics.enable", "false"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void open() {
        route = new EventRoute(broker, directory);
    }

    @AfterEach
    void close() throws Exception {
        route.close();
    }

    @Test
    void whatIsFilteredTransformedAndPoisonedIsAllAccountedFor() throws Exception {
        route.withDeadLetters()
                .with("value-converter", "json")
                .with("filter", "{\"value\":{\"status\":[\"paid\"]}}")
                .with("transforms", "number")
                .with("transforms.number.type", "org.apache.kafka.connect.transforms.Cast$Value")
                .with("transforms.number.spec", "amount:int64")
                .start();

        route.send(0, "{\"status\":\"paid\",\"amount\":\"5\"}");
        route.send(0, "{\"status\":\"open\",\"amount\":\"6\"}");
        route.send(0, "not JSON");
        route.send(0, "{\"status\":\"paid\",\"amount\":\"many\"}");
        route.send(0, "{\"status\":\"paid\",\"amount\":\"7\"}");
        route.awaitAllCommitted();

        // Cast copies into a hash map, whose order is the JDK's to choose.
        assertThat(values())
                .allSatisfy(value -> assertThat(value.path("status").asText()).isEqualTo("paid"))
                .extracting(value -> value.path("amount").toString())
                .containsExactlyInAnyOrder("5", "7");
        assertThat(route.deadLetters())
                .satisfiesExactly(
                        letter -> {
                            assertThat(letter.value()).isEqualTo(utf8("not JSON"));
                            assertThat(stage(letter)).isEqualTo("VALUE_CONVERTER");
                        },
                        letter -> {
                            assertThat(letter.value()).isEqualTo(utf8("{\"status\":\"paid\",\"amount\":\"many\"}"));
                            assertThat(stage(letter)).isEqualTo("TRANSFORMATION");
                        });
        assertThat(List.of(
                        route.count(Ledger.Entry::delivered),
                        route.count(Ledger.Entry::filtered),
                        route.count(Ledger.Entry::deadLettered)))
                .containsExactly(2L, 1L, 2L);
    }

    @Test
    void whileARegistryIsAwayRecordsWaitAndNoneIsGivenUp() throws Exception {
        AwayConverter.away(route.topic);
        route.withDeadLetters()
                .with("value-converter", AwayConverter.class.getName())
                .with("value-converter.registry", route.topic)
                .with("max-attempts", "1")
                .start();

        route.send(0, "a");
        route.send(1, "b");
        await().until(() -> AwayConverter.asked(route.topic) > 5);

        assertThat(route.health()).contains("registry " + route.topic + " cannot be reached");
        assertThat(Workplace.get(route.application(), "/observe/health").statusCode())
                .isEqualTo(503);
        assertThat(route.committed(0)).isZero();
        assertThat(route.events.count()).isZero();

        AwayConverter.back(route.topic);

        route.assertSettled(0);
        await().until(() ->
                Workplace.get(route.application(), "/observe/health").statusCode() == 200);
    }

    @Test
    @ExtendWith(SharedRegistry.class)
    void avroOfARegistryIsJsonInTheEvent(RegistryServer registry) throws Exception {
        int id = registry.avro(
                route.topic + "-value",
                "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"}]}");
        route.with("value-converter", "avro")
                .with(
                        "value-converter.schema.registry.url",
                        registry.confluent().toString())
                .start();

        route.send(
                0,
                ByteBuffer.allocate(6).put((byte) 0).putInt(id).put((byte) 14).array());

        route.assertSettled(0);
        assertThat(values()).singleElement().hasToString("{\"id\":7}");
    }

    @Test
    void itsOwnRoleIsAssumedInTheConnectorsNameWithTheExternalIdAndPutsTheEvents() throws Exception {
        route.with("aws.role-arn", ROLE)
                .with("aws.external-id", "shared-with-kafila")
                .with("connector-id", "shop")
                .start()
                .produce(3);

        route.assertSettled(0);
        assertThat(route.aws.roles().received()).isNotEmpty().allSatisfy(role -> {
            assertThat(role.roleArn()).isEqualTo(ROLE);
            assertThat(role.sessionName()).isEqualTo("shop");
            assertThat(role.externalId()).isEqualTo("shared-with-kafila");
            assertThat(role.signature().accessKeyId()).isEqualTo("AKIDEXAMPLE");
        });
        List<String> assumed = route.aws.roles().received().stream()
                .map(role -> role.accessKeyId())
                .toList();
        assertThat(route.events.received())
                .allSatisfy(put -> assertThat(put.signature().accessKeyId()).isIn(assumed));
    }

    private List<JsonNode> values() {
        return route.events.entries(EventRoute.BUS).stream()
                .map(EventPipelineTest::value)
                .toList();
    }

    private static JsonNode value(EventEntry event) {
        try {
            return JSON.readTree(event.detail()).path("value");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String stage(ConsumerRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader("__connect.errors.stage").value(), StandardCharsets.UTF_8);
    }
}
