package dev.kafila.eventbridge;

import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kafila.format.PayloadBuffer;
import dev.kafila.record.ExactJsonConverter;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.TestRecords;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.event.ruler.Ruler;

/** Our entries as the events that rules see, matched by AWS's own engine. */
class RulePatternTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORDER =
            "{\"orderItems\":[\"item-1\",\"item-2\"],\"orderCreatedTime\":\"Tue May 23 13:38:46 CEST 2023\",\"total\":12.50}";

    /** The example of the documentation of AWS's own connector. */
    private static final String EXAMPLE = """
            {
              "source": ["kafka-connect.my-json-values-connector"],
              "detail": {
                "key": [{"prefix": "order"}],
                "value": {
                  "orderItems": [{"exists": true}]
                }
              }
            }""";

    private final Map<String, String> parameters = Map.of(
            "bus", "orders-bus",
            "connectorId", "my-json-values-connector",
            "resources", "arn:aws:s3:::one,arn:aws:s3:::two",
            "time", "");

    @Test
    void theExampleOfAwssConnectorMatchesOurEvent() throws Exception {
        assertThat(matches(EXAMPLE, "order-1", ORDER)).isTrue();
    }

    @Test
    void theExampleDoesNotMatchAnotherKeyAValueWithoutItemsOrATombstone() throws Exception {
        assertThat(matches(EXAMPLE, "customer-1", ORDER)).isFalse();
        assertThat(matches(EXAMPLE, "order-1", "{\"customer\":7}")).isFalse();
        assertThat(matches(EXAMPLE, "order-1", null)).isFalse();
        assertThat(matches(EXAMPLE, null, ORDER)).isFalse();
        assertThat(matches(EXAMPLE.replace("my-json", "another"), "order-1", ORDER))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"detail-type\":[\"kafka-connect-orders\"]}",
                "{\"resources\":[\"arn:aws:s3:::two\"]}",
                "{\"detail\":{\"topic\":[\"orders\"],\"partition\":[0],\"offset\":[{\"numeric\":[\">\",6]}]}}",
                "{\"detail\":{\"timestamp\":[1545084650987],\"timestampType\":[\"CreateTime\"]}}",
                "{\"detail\":{\"value\":{\"orderItems\":[\"item-2\"],\"total\":[12.5]}}}",
                "{\"detail\":{\"headers\":{\"channel\":[\"web\"]}}}",
                "{\"detail\":{\"headers\":{\"none\":[null]}}}",
            })
    void everythingThatAnEventSaysCanBeMatched(String pattern) throws Exception {
        assertThat(matches(pattern, "order-1", ORDER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"detail-type\":[\"kafka-connect-customers\"]}",
                "{\"resources\":[\"arn:aws:s3:::three\"]}",
                "{\"detail\":{\"offset\":[{\"numeric\":[\">\",7]}]}}",
                "{\"detail\":{\"headers\":{\"channel\":[\"shop\"]}}}",
                "{\"detail\":{\"value\":[{\"exists\":false}],\"key\":[null]}}",
            })
    void whatAnEventDoesNotSayDoesNotMatch(String pattern) throws Exception {
        assertThat(matches(pattern, "order-1", ORDER)).isFalse();
    }

    @Test
    void aNullIsAValueThatARuleCanAskFor() throws Exception {
        assertThat(matches("{\"detail\":{\"value\":[null],\"key\":[null]}}", null, null))
                .isTrue();
    }

    private boolean matches(String pattern, String key, String value) throws Exception {
        return Ruler.matchesRule(event(key, value), pattern);
    }

    /** What EventBridge makes of an entry for its rules. */
    private String event(String key, String value) throws Exception {
        PutEventsRequestEntry entry = new EntryFormatter(
                        EntryOptions.of(name -> parameters.getOrDefault(name, "")), 1_048_576)
                .format(record(key, value), new PayloadBuffer(1024))
                .wire();
        ObjectNode event = JSON.createObjectNode()
                .put("version", "0")
                .put("id", "dbc1c73a-c51d-0c0e-ca61-ab9278974c57")
                .put("detail-type", entry.detailType())
                .put("source", entry.source())
                .put("account", "123456789012")
                .put("time", (entry.time() == null ? Instant.EPOCH : entry.time()).toString())
                .put("region", "us-east-1");
        entry.resources().forEach(event.putArray("resources")::add);
        return event.set("detail", JSON.readTree(entry.detail())).toString();
    }

    private static KafkaRecord record(String key, String value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("channel", utf8("web"))
                .add("none", null)
                .add("tag", utf8("a"))
                .add("tag", utf8("b"));
        ConsumerRecord<byte[], byte[]> source = TestRecords.record(7, utf8(key), utf8(value), headers);
        ExactJsonConverter json = new ExactJsonConverter();
        json.configure(Map.of(), false);
        return new KafkaRecord(
                source, new SchemaAndValue(null, key), json.toConnectData("orders", headers, source.value()));
    }
}
