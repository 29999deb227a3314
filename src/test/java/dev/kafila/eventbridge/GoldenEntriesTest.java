package dev.kafila.eventbridge;

import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.format.GoldenCases;
import dev.kafila.format.GoldenFile;
import dev.kafila.format.PayloadBuffer;
import dev.kafila.record.ExactJsonConverter;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordDecoder;
import dev.kafila.record.TestRecords;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.apache.kafka.connect.storage.StringConverter;
import org.junit.jupiter.api.Test;

/**
 * The exact details and entries of every kind of record. Details are what the classes of AWS's own connector wrote, but where those fail:
 * on numbers and dates without a schema that JSON does not bring forth, and on headers that are null or an empty object; maps without a
 * schema whose keys are no text are objects here and arrays of pairs there.
 */
class GoldenEntriesTest {
    private static final String ORDER =
            "{\"orderItems\":[\"item-1\",\"item-2\"],\"orderCreatedTime\":\"Tue May 23 13:38:46 CEST 2023\"}";

    @Test
    void detailsAreWrittenAsTheGoldenFileHasThem() {
        Map<String, String> written = new LinkedHashMap<>();
        GoldenCases.all()
                .forEach(
                        (name, record) -> written.put(name, entry(record).wire().detail()));
        written.put("headers", entry(GoldenCases.headers()).wire().detail());

        assertThat(written).containsExactlyEntriesOf(GoldenFile.read("details"));
    }

    @Test
    void headersAreTextOrWhatConnectTakesThemFor() {
        ConsumerRecord<byte[], byte[]> record = TestRecords.record(7, utf8("k"), utf8("v"), headers());
        SimpleHeaderConverter connect = new SimpleHeaderConverter();
        connect.configure(Map.of());

        assertThat(GoldenFile.read("detail-headers"))
                .containsExactly(
                        Map.entry("string", entry(read(record, null)).wire().detail()),
                        Map.entry("connect", entry(read(record, connect)).wire().detail()));
    }

    @Test
    void entriesAreMadeAsTheGoldenFileHasThem() {
        KafkaRecord order = order("json-values-topic");
        Map<String, Entry> entries = new LinkedHashMap<>();
        entries.put("the example of the contract", entry(order, "connectorId", "my-json-values-connector"));
        entries.put("constant", entry(order, "source", "shop", "detailType", "order.placed"));
        entries.put("template", entry(order, "detailType", "shop-${topic}-v1"));
        String types = "orders:type.a,customers:type.b";
        entries.put("first of several topics", entry(order("orders"), "detailType", types));
        entries.put("second of several topics", entry(order("customers"), "detailType", types));
        entries.put("topic that is not among them", entry(order, "detailType", types));
        entries.put("type of the record", entry(order, "detailType", "$.detail.value.orderItems[1]"));
        entries.put("record without a type", entry(order, "detailType", "$.detail.value.type"));
        entries.put("time of the record", entry(order, "time", "record"));
        entries.put("time in the record", entry(order, "time", "$.detail.timestamp"));
        entries.put("resources", entry(order, "resources", "arn:aws:s3:::one, arn:aws:s3:::two"));
        entries.put(
                "bus by its ARN", entry(order, "bus", "arn:aws:events:eu-central-1:123456789012:event-bus/kafkabus"));
        entries.put("trace header", entry(order, "traceHeader", "X-Amzn-Trace-Id"));

        Map<String, String> written = new LinkedHashMap<>();
        entries.forEach((name, entry) -> written.put(name, entry.size() + " " + entry.wire()));
        assertThat(written).containsExactlyEntriesOf(GoldenFile.read("entries"));
    }

    private static KafkaRecord order(String topic) {
        Headers headers = new RecordHeaders().add("X-Amzn-Trace-Id", utf8("Root=1-63441c4a-abcdef012345678912345678"));
        ConsumerRecord<byte[], byte[]> source =
                TestRecords.record(topic, 0, 0, TimestampType.CREATE_TIME, utf8("order-1"), utf8(ORDER), headers);
        SchemaAndValue value = new ExactJsonConverter().toConnectData(topic, source.value());
        return new KafkaRecord(source, topic, 0, 1_684_841_916_831L, new SchemaAndValue(null, "order-1"), value, null);
    }

    /** Bytes of every kind, as producers set them. */
    private static Headers headers() {
        Headers headers = new RecordHeaders();
        for (String text : new String[] {
            "text",
            "heë 🐪 \"quoted\"",
            "",
            "42",
            "007",
            "3.10",
            "12345678901234567890",
            "true",
            "null",
            "{\"a\":[1,null]}",
            "[1,\"a\"]",
            "{}",
            "[]",
            "{x",
            "2023-05-23T11:38:46.123Z",
            "2023-05-23",
            " spaces "
        }) {
            headers.add("same", utf8(text));
        }
        return headers.add("binary", new byte[] {-1, 0, 127}).add("none", null);
    }

    private static KafkaRecord read(ConsumerRecord<byte[], byte[]> record, HeaderConverter headers) {
        StringConverter text = new StringConverter();
        return new RecordDecoder(text, text, headers).read(record);
    }

    private static Entry entry(KafkaRecord record, String... parameters) {
        return new EntryFormatter(TestEntries.options(parameters), TestEntries.LIMIT)
                .format(record, new PayloadBuffer(16));
    }
}
