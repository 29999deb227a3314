package dev.kafila.mapping.api;

import static dev.kafila.mapping.api.Requests.access;
import static dev.kafila.mapping.api.Requests.body;
import static dev.kafila.mapping.api.Requests.brokers;
import static dev.kafila.mapping.api.Requests.destination;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What about a mapping has to fit together, and what of it stays. */
class MappingChecksTest {
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

    @Test
    void aRecordIsNotSentBackToItsTopic() {
        http.post(body(Map.of("Topics", "[\"orders\"]", "DestinationConfig", destination("kafka://orders"))))
                .requireRefusal("must not be the topic that the records are from");
    }

    @Test
    void aStartIsNotInTheFuture() {
        Map<String, String> members = new HashMap<>(Map.of("StartingPosition", "\"AT_TIMESTAMP\""));
        members.put("StartingPositionTimestamp", Long.toString(Instant.now().getEpochSecond() + 3600));
        http.post(body(members)).requireRefusal("StartingPositionTimestamp: must not be in the future");

        members.put("StartingPositionTimestamp", "1767323045.25");
        RawHttp.Reply reply = http.post(body(members));
        assertThat(reply.raw().body()).contains("\"StartingPositionTimestamp\":1767323045.250,");
    }

    @Test
    void anUnsafeClusterIsNotSentAPassword() {
        http.post(body(Map.of(
                        "SelfManagedEventSource",
                        brokers("open:9092"),
                        "SourceAccessConfigurations",
                        access("BASIC_AUTH"))))
                .requireRefusal("BASIC_AUTH goes over TLS only");
    }

    @Test
    void aClusterOfMskIsNamedByItsArn() {
        Map<String, String> members = new HashMap<>(Map.of("SelfManagedEventSource", "null"));
        members.put("EventSourceArn", "\"" + ApiFixture.MSK + "\"");
        assertThat(http.post(body(members)).status()).isEqualTo(202);

        members.put("EventSourceArn", "\"arn:aws:kinesis:eu-central-1:123456789012:stream/a\"");
        http.post(body(members)).requireRefusal("EventSourceArn: must be the ARN of a cluster");
        members.put("EventSourceArn", "\"" + ApiFixture.MSK + "0\"");
        http.post(body(members)).requireRefusal("kafila.mapping.clusters.");
        members.put("EventSourceArn", "\"" + ApiFixture.MSK + "\"");
        members.put("SelfManagedKafkaEventSourceConfig", "{\"ConsumerGroupId\":\"a\"}");
        http.post(body(members)).requireRefusal("SelfManagedKafkaEventSourceConfig: is for");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Topics                            | [\"other\"]",
                "SelfManagedEventSource            | {\"Endpoints\":{\"KAFKA_BOOTSTRAP_SERVERS\":[\"one:9092\"]}}",
                "StartingPosition                  | \"LATEST\"",
                "SelfManagedKafkaEventSourceConfig | {\"ConsumerGroupId\":\"other\"}"
            })
    void whatAMappingKeepsCannotBeChanged(String parameter, String json) {
        RawHttp.Reply created = http.post(body(Map.of("Topics", "[\"kept-" + ++topics + "\"]")));
        String uuid = created.body().path("UUID").asText();

        http.put(uuid, "{\"" + parameter + "\":" + json + "}").requireRefusal("cannot be changed");
        assertThat(http.put(uuid, "{\"" + parameter + "\":" + created.body().path(parameter) + "}")
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EventSourceArn            | \"" + ApiFixture.MSK + "\"",
                "StartingPositionTimestamp | 1767323045",
            })
    void whatAMappingDoesNotHaveItDoesNotGet(String parameter, String json) {
        String uuid = http.post(body(Map.of("Topics", "[\"got-" + ++topics + "\"]")))
                .body()
                .path("UUID")
                .asText();

        http.put(uuid, "{\"" + parameter + "\":" + json + "}").requireRefusal(parameter + ": cannot be changed");
    }

    @Test
    void anUpdateIsCheckedLikeANewMapping() {
        String uuid = http.post(body(Map.of("Topics", "[\"checked\"]")))
                .body()
                .path("UUID")
                .asText();

        http.put(uuid, "{\"BatchSize\":0,\"FunctionName\":\"a b\"}").requireRefusal("FunctionName: ", "BatchSize: ");
        http.put(uuid, "{\"DestinationConfig\":" + destination("kafka://checked") + "}")
                .requireRefusal("go round");
        http.put(uuid, "{\"SourceAccessConfigurations\":[{\"Type\":\"BASIC_AUTH\",\"URI\":\"other\"}]}")
                .requireRefusal("kafila.mapping.secrets.");
        assertThat(api.store().mapping(uuid).version()).isEqualTo(1);
    }

    @Test
    void anAnswerCannotBeRequested() {
        String uuid = http.post(body(Map.of(
                        "Topics", "[\"answered\"]", "UUID", "\"mine\"", "State", "\"Enabled\"", "LastModified", "1")))
                .body()
                .path("UUID")
                .asText();

        assertThat(uuid).hasSize(36);
        assertThat(http.get(RawHttp.MAPPINGS + uuid).body().path("State").asText())
                .isEqualTo("Creating");
    }

    @Test
    void timesAreSecondsWithAFraction() {
        RawHttp.Reply reply = http.post(body(Map.of("Topics", "[\"timed\"]")));

        assertThat(reply.raw().body()).containsPattern("\"LastModified\":\\d{10}\\.\\d{3}[,}]");
        assertThat(reply.raw().headers().firstValue("content-type")).hasValue("application/json");
    }
}
