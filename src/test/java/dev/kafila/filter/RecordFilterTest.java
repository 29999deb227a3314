package dev.kafila.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.record.ExactJsonConverter;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordTransformException;
import dev.kafila.record.TestRecords;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFilterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"value\":{\"status\":[\"paid\"]}}          | {\"status\":\"paid\"}                 | true",
                "{\"value\":{\"status\":[\"paid\"]}}          | {\"status\":\"open\"}                 | false",
                "{\"value\":{\"status\":[\"paid\"]}}          | {}                                    | false",
                "{\"value\":{\"status\":[\"paid\"]}}          | [{\"status\":\"open\"},{\"status\":\"paid\"}] | true",
                "{\"value\":{\"a\":{\"b\":[1]}}}              | {\"a\":{\"b\":1.0}}                   | true",
                "{\"value\":{\"n\":[{\"numeric\":[\">\",5]}]}} | {\"n\":5.5}                          | true",
                "{\"value\":{\"n\":[{\"exists\":false}]}}     | {\"m\":1}                             | true",
                "{\"value\":[\"error\"]}                      | error                                 | true",
                "{\"value\":[{\"anything-but\":[\"error\"]}]} | error                                 | false",
                "{\"value\":[{\"anything-but\":[\"error\"]}]} | fine                                  | true",
                "{\"value\":[{\"prefix\":\"err\"}]}           | \"error\"                             | true",
                "{\"value\":[\"5\"]}                          | 5                                     | true",
                "{\"value\":[5]}                              | 5                                     | true",
                "{\"value\":[{\"numeric\":[\"<\",6]}]}        | 5                                     | true",
                "{\"value\":[{\"anything-but\":[5]}]}         | 5                                     | false",
                "{\"value\":[true]}                           | true                                  | true",
                "{\"value\":[\"true\"]}                       | true                                  | true"
            })
    void aValueIsMatchedAsJsonWhereItIsAndAsTextOtherwise(String pattern, String value, boolean wanted) {
        assertThat(RecordFilter.of(pattern).matches(text(value))).isEqualTo(wanted);
        assertThat(RecordFilter.of(pattern).matches(bytes(utf8(value)))).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"value\":{\"status\":[\"paid\"]}} | plain text",
                "{\"value\":{\"status\":[\"paid\"]}} | {\"status\":\"open\"} and more",
                "{\"value\":{\"status\":[\"paid\"]}} | 5",
                "{\"value\":[\"error\"]}             | {\"status\":\"open\"}",
                "{\"value\":[\"error\"]}             | [\"warning\"]"
            })
    void aValueThatIsNotOfThePatternsKindPasses(String pattern, String value) {
        assertThat(RecordFilter.of(pattern).matches(text(value))).isTrue();
    }

    @Test
    void whatElseThePatternSaysHoldsForAValueOfTheOtherKindAsWell() {
        RecordFilter filter = RecordFilter.of("{\"value\":{\"status\":[\"paid\"]},\"topic\":[\"payments\"]}");

        assertThat(filter.matches(text("plain text"))).isFalse();
    }

    @Test
    void bytesThatAreNoTextPassWhateverThePatternSaysAboutValues() {
        KafkaRecord record = bytes(new byte[] {(byte) 0xff, 1});

        assertThat(RecordFilter.of("{\"value\":[\"error\"]}").matches(record)).isTrue();
        assertThat(RecordFilter.of("{\"value\":{\"status\":[\"paid\"]}}").matches(record))
                .isTrue();
        assertThat(RecordFilter.of("{\"value\":[\"error\"],\"offset\":[8]}").matches(record))
                .isFalse();
    }

    @Test
    void eachBranchOfAnOrIsAskedForItself() {
        RecordFilter filter = RecordFilter.of(
                "{\"$or\":[{\"value\":{\"status\":[\"paid\"]},\"topic\":[\"payments\"]},{\"value\":[\"ping\"]}]}");

        assertThat(filter.matches(text("ping"))).isTrue();
        assertThat(filter.matches(text("pong"))).isFalse();
        assertThat(filter.matches(text("{\"status\":\"paid\"}"))).isTrue();
    }

    @Test
    void aTombstoneIsNull() {
        KafkaRecord tombstone = record(SchemaAndValue.NULL, SchemaAndValue.NULL, null);

        assertThat(RecordFilter.of("{\"value\":[null]}").matches(tombstone)).isTrue();
        assertThat(RecordFilter.of("{\"value\":[\"null\"]}").matches(tombstone)).isFalse();
        assertThat(RecordFilter.of("{\"value\":[{\"anything-but\":[\"error\"]}]}")
                        .matches(tombstone))
                .isTrue();
        assertThat(RecordFilter.of("{\"value\":{\"status\":[\"paid\"]}}").matches(tombstone))
                .isTrue();
        assertThat(RecordFilter.of("{\"key\":[null]}").matches(tombstone)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"topic\":[\"orders\"]}                                     | true",
                "{\"topic\":[{\"suffix\":\"-eu\"}]}                           | false",
                "{\"partition\":[0]}                                          | true",
                "{\"offset\":[{\"numeric\":[\">=\",7]}]}                      | true",
                "{\"offset\":[{\"numeric\":[\">\",7]}]}                       | false",
                "{\"timestamp\":[{\"numeric\":[\"<\",1545084650987]}]}        | false",
                "{\"timestamp\":[1545084650987]}                              | true",
                "{\"key\":{\"id\":[1]}}                                       | true",
                "{\"key\":[\"plain\"]}                                        | false",
                "{\"headers\":{\"tenant\":[\"b\"]}}                           | true",
                "{\"headers\":{\"tenant\":[\"c\"]}}                           | false",
                "{\"headers\":{\"dotted.name\":[\"5\"]}}                      | true",
                "{\"headers\":{\"missing\":[{\"exists\":false}]}}             | true",
                "{\"headers\":{\"bytes\":[{\"exists\":true}]}}                | true",
                "{\"headers\":{\"number\":[{\"numeric\":[\"=\",5]}]}}         | true"
            })
    void whatIsNotTheValueIsMatchedAsItIs(String pattern, boolean wanted) {
        Headers headers = new ConnectHeaders()
                .addString("tenant", "a")
                .addString("tenant", "b")
                .addString("dotted.name", "5")
                .addBytes("bytes", new byte[] {(byte) 0xff})
                .addLong("number", 5);
        KafkaRecord record = record(string("{\"id\":1}"), string("v"), headers);

        assertThat(RecordFilter.of(pattern).matches(record)).isEqualTo(wanted);
    }

    @Test
    void aRecordWithoutATimestampHasNone() {
        ConsumerRecord<byte[], byte[]> source =
                TestRecords.record("orders", 0, 7, TimestampType.NO_TIMESTAMP_TYPE, null, null, new RecordHeaders());
        RecordFilter filter = RecordFilter.of("{\"timestamp\":[{\"exists\":false}]}");

        assertThat(filter.matches(KafkaRecord.undecoded(source))).isTrue();
        assertThat(filter.matches(text("v"))).isFalse();
    }

    @Test
    void decodedValuesAreMatchedAsTheirJson() {
        Schema schema = SchemaBuilder.struct()
                .field("status", Schema.STRING_SCHEMA)
                .field("amount", Schema.INT64_SCHEMA)
                .build();
        Struct struct = new Struct(schema).put("status", "paid").put("amount", 7L);
        SchemaAndValue json =
                new ExactJsonConverter().toConnectData("orders", utf8("{\"amount\":7,\"status\":\"paid\"}"));
        RecordFilter filter =
                RecordFilter.of("{\"value\":{\"status\":[\"paid\"],\"amount\":[{\"numeric\":[\">\",6]}]}}");

        assertThat(filter.matches(record(string("k"), new SchemaAndValue(schema, struct), null)))
                .isTrue();
        assertThat(filter.matches(record(string("k"), json, null))).isTrue();
        assertThat(filter.matches(
                        record(string("k"), new SchemaAndValue(null, Map.of("status", "open", "amount", 7)), null)))
                .isFalse();
        assertThat(RecordFilter.of("{\"value\":[{\"numeric\":[\">\",6]}]}")
                        .matches(record(string("k"), new SchemaAndValue(Schema.INT64_SCHEMA, 7L), null)))
                .isTrue();
    }

    /** As on AWS: the engine compares numbers as doubles, and what is no double digit by digit. */
    @Test
    void aNumberThatIsNoDoubleMatchesByItsDigits() {
        KafkaRecord record = text("{\"id\":9007199254740993,\"sum\":12345678901234567890.10}");

        assertThat(RecordFilter.of("{\"value\":{\"id\":[9007199254740993]}}").matches(record))
                .isTrue();
        assertThat(RecordFilter.of("{\"value\":{\"id\":[9007199254740992]}}").matches(record))
                .isFalse();
        assertThat(RecordFilter.of("{\"value\":{\"sum\":[12345678901234567890.10]}}")
                        .matches(record))
                .isTrue();
        assertThat(RecordFilter.of("{\"value\":{\"id\":[{\"numeric\":[\">\",0]}]}}")
                        .matches(record))
                .isFalse();
    }

    @Test
    void onlyWhatThePatternNamesHasToBeDecoded() {
        RecordFilter filter = RecordFilter.of("{\"$or\":[{\"value\":{\"a\":[1]}},{\"topic\":[\"orders\"]}]}");

        assertThat(filter.readsValue()).isTrue();
        assertThat(filter.readsKey()).isFalse();
        assertThat(filter.readsHeaders()).isFalse();
        assertThat(RecordFilter.of("{\"key\":[\"k\"],\"headers\":{\"h\":[\"v\"]}}"))
                .matches(RecordFilter::readsKey)
                .matches(RecordFilter::readsHeaders);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "[]",
                "{}",
                "{\"value\":5}",
                "{\"value\":[]}",
                "{\"value\":[{\"prefx\":\"a\"}]}",
                "{\"value\":[\"a\"",
                "{\"value\":[\"a\"]} trailing",
                "{\"value\":[\"a\"],\"value\":[\"b\"]}",
                "{\"vlaue\":[\"a\"]}"
            })
    void whatIsNoPatternIsRefusedInOneLine(String pattern) {
        assertThatThrownBy(() -> RecordFilter.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .hasSizeLessThan(200)
                .doesNotContain("\n", "Source:");
    }

    @Test
    void aRecordOnWhichTheFilterFailsIsNamedAndItsValueIsNot() {
        KafkaRecord record = record(string("k"), new SchemaAndValue(null, new StringBuilder("secret").chars()), null);

        assertThatThrownBy(() -> RecordFilter.of("{\"value\":[\"a\"]}").matches(record))
                .isInstanceOf(RecordTransformException.class)
                .hasMessageContaining("orders-0@7")
                .hasMessageNotContaining("secret");
    }

    private static KafkaRecord text(String value) {
        return record(string("k"), string(value), null);
    }

    private static KafkaRecord bytes(byte[] value) {
        return record(string("k"), new SchemaAndValue(Schema.OPTIONAL_BYTES_SCHEMA, value), null);
    }

    private static KafkaRecord record(SchemaAndValue key, SchemaAndValue value, Headers headers) {
        ConsumerRecord<byte[], byte[]> source = TestRecords.record(7, "k", "v");
        return new KafkaRecord(source, "orders", 0, TestRecords.TIME, key, value, headers);
    }

    private static SchemaAndValue string(String text) {
        return new SchemaAndValue(Schema.OPTIONAL_STRING_SCHEMA, text);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
