package dev.kafila.eventbridge;

import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.format.PayloadBuffer;
import dev.kafila.format.RecordFormatException;
import dev.kafila.format.RecordTooLargeException;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.TestRecords;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

class EntryFormatterTest {
    private static final String TRACE = "Root=1-63441c4a-abcdef012345678912345678";

    @Test
    void anEntryIsTheEventOfTheContract() {
        KafkaRecord record = TestEntries.valued(Map.of("id", 1));

        PutEventsRequestEntry wire = format(record, "connectorId", "shop").wire();

        assertThat(wire.toString())
                .isEqualTo("PutEventsRequestEntry(Source=kafka-connect.shop, DetailType=kafka-connect-orders, Detail="
                        + "{\"topic\":\"orders\",\"partition\":0,\"offset\":7,\"timestamp\":1545084650987,"
                        + "\"timestampType\":\"CreateTime\",\"headers\":[],\"key\":\"k\",\"value\":{\"id\":1}}"
                        + ", EventBusName=orders)");
    }

    @Test
    void anEntrySaysWhatTheSettingsSay() {
        RecordHeaders headers = new RecordHeaders(new Header[] {new RecordHeader("trace", utf8(TRACE))});
        KafkaRecord record = TestEntries.text(TestRecords.record(7, null, utf8("{\"at\":1}"), headers));

        PutEventsRequestEntry wire = format(
                        record,
                        "bus",
                        "arn:aws:events:eu-central-1:123456789012:event-bus/orders",
                        "source",
                        "shop.orders",
                        "detailType",
                        "orders:order.placed",
                        "resources",
                        "one,two",
                        "time",
                        "record",
                        "traceHeader",
                        "trace")
                .wire();

        assertThat(wire.eventBusName()).isEqualTo("arn:aws:events:eu-central-1:123456789012:event-bus/orders");
        assertThat(wire.source()).isEqualTo("shop.orders");
        assertThat(wire.detailType()).isEqualTo("order.placed");
        assertThat(wire.resources()).containsExactly("one", "two");
        assertThat(wire.time()).isEqualTo("2018-12-17T22:10:50.987Z");
        assertThat(wire.traceHeader()).isEqualTo(TRACE);
    }

    static Stream<byte[]> noTraceHeaders() {
        return Stream.of(null, new byte[0], new byte[] {-1}, utf8("t".repeat(501)));
    }

    @ParameterizedTest
    @MethodSource("noTraceHeaders")
    void whatIsNoTraceHeaderIsLeftOutAndFailsNothing(byte[] value) {
        RecordHeaders headers = new RecordHeaders(new Header[] {new RecordHeader("trace", value)});
        KafkaRecord record = TestEntries.text(TestRecords.record(7, null, utf8("v"), headers));

        assertThat(format(record, "traceHeader", "trace").wire().traceHeader()).isNull();
        assertThat(format(record, "traceHeader", "other").wire().traceHeader()).isNull();
        assertThat(format(record).wire().traceHeader()).isNull();
    }

    @Test
    void theLastOfSeveralTraceHeadersCounts() {
        RecordHeaders headers = new RecordHeaders(
                new Header[] {new RecordHeader("trace", utf8("first")), new RecordHeader("trace", utf8(TRACE))});
        KafkaRecord record = TestEntries.text(TestRecords.record(7, null, utf8("v"), headers));

        assertThat(format(record, "traceHeader", "trace").wire().traceHeader()).isEqualTo(TRACE);
    }

    @Property
    void theSizeIsWhatEventBridgeCounts(
            @ForAll @StringLength(max = 40) @Chars({'a', 'é', '漢', '"', '\\', '\n', '\u0001'}) String value,
            @ForAll @StringLength(min = 1, max = 20) @Chars({'a', 'é', '漢'}) String words,
            @ForAll boolean timed) {
        RecordHeaders headers = new RecordHeaders(new Header[] {new RecordHeader("trace", utf8(words))});
        KafkaRecord record = TestEntries.text(TestRecords.record(7, null, utf8(value + "🐪"), headers));

        Entry entry = format(
                record,
                "source",
                words,
                "detailType",
                words + "🐪",
                "resources",
                words + ',' + words,
                "time",
                timed ? "record" : "",
                "traceHeader",
                "trace");

        PutEventsRequestEntry wire = entry.wire();
        int texts = Stream.of(wire.source(), wire.detailType(), wire.detail(), wire.traceHeader(), words, words)
                .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        assertThat(entry.size()).isEqualTo(texts + (timed ? 14 : 0));
    }

    @Test
    void anEntryIsSmallerThanTheLimit() {
        KafkaRecord record = TestEntries.valued("v".repeat(5000));
        int size = format(record, "time", "record", "resources", "one").size();

        assertThat(limited(record, size + 1).size()).isEqualTo(size);
        assertThatThrownBy(() -> limited(record, size))
                .isInstanceOf(RecordTooLargeException.class)
                .hasMessage("orders-0@7 makes a payload of more than " + (size - 1) + " bytes");
        assertThatThrownBy(() -> limited(record, 1000)).isInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void aRecordThatHasNoJsonFailsAndIsNamedWithoutItsValue() {
        KafkaRecord record = TestEntries.valued(new StringBuilder("secret").chars());

        assertThatThrownBy(() -> format(record))
                .isInstanceOf(RecordFormatException.class)
                .hasMessage("Cannot format orders-0@7: DataException");
    }

    @Test
    void aRecordThatSaysWhatEventBridgeDoesNotTakeFailsAndIsNamedWithoutItsValue() {
        KafkaRecord record = TestEntries.valued("secret".repeat(30));

        assertThatThrownBy(() -> format(record, "time", "$.detail.value"))
                .isInstanceOf(RecordFormatException.class)
                .hasMessageStartingWith("Cannot format orders-0@7: $.detail.value is neither a time")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> format(record, "detailType", "$.detail.value"))
                .isInstanceOf(RecordFormatException.class)
                .hasMessageStartingWith("Cannot format orders-0@7: its detail-type has more than the 128 characters")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aTombstoneIsOneEvenWhereItsSchemaWantsAValue() {
        SchemaAndValue required = new SchemaAndValue(Schema.STRING_SCHEMA, null);
        KafkaRecord record = new KafkaRecord(TestRecords.record(7, null, (String) null), required, required);

        assertThat(format(record).wire().detail()).endsWith("\"headers\":[],\"key\":null,\"value\":null}");
    }

    private static Entry limited(KafkaRecord record, int limit) {
        EntryOptions options = TestEntries.options("time", "record", "resources", "one");
        return new EntryFormatter(options, limit).format(record, new PayloadBuffer(16));
    }

    private static Entry format(KafkaRecord record, String... parameters) {
        return new EntryFormatter(TestEntries.options(parameters), TestEntries.LIMIT)
                .format(record, new PayloadBuffer(16));
    }
}
