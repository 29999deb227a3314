package dev.kafila.record;

import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactJsonConverterTest {
    private static final JsonFactory JSON = new JsonFactory();

    private final ExactJsonConverter converter = new ExactJsonConverter();

    @Test
    void numbersBecomeTheNarrowestTypeThatHoldsThem() {
        assertThat(read("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(read("9223372036854775808")).isEqualTo(new BigInteger("9223372036854775808"));
        assertThat(read("0.1")).isEqualTo(0.1);
        assertThat(read("1.50")).isEqualTo(1.5);
        assertThat(read("0.10000000000000000001")).isEqualTo(new BigDecimal("0.10000000000000000001"));
        assertThat(read("1e400")).isEqualTo(new BigDecimal("1e400"));
        assertThat(read("1e-400")).isEqualTo(new BigDecimal("1e-400"));
        assertThat(read("-0")).isEqualTo(-0.0);
        assertThat(read("-0.0")).isEqualTo(-0.0);
    }

    @Test
    void aNumberWithABillionDigitsIsNotWrittenOut() {
        assertThat(written("[1e1000000000]")).isEqualTo("[1E+1000000000]");
    }

    @Test
    void objectsKeepTheOrderOfTheirFields() {
        assertThat(written("{\"z\":1,\"a\":null,\"m\":{\"b\":[],\"a\":{}}}"))
                .isEqualTo("{\"z\":1,\"a\":null,\"m\":{\"b\":[],\"a\":{}}}");
    }

    @Test
    void aTombstoneStaysOneAndTheJsonNullIsAValueThatIsNull() {
        assertThat(converter.toConnectData("orders", null)).isEqualTo(SchemaAndValue.NULL);
        assertThat(converter.toConnectData("orders", utf8("null")).value()).isNull();
        assertThat(converter.fromConnectData("orders", null, null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{} {}",
                "{}x",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{\"a\":1",
                "{'a':1}",
                "NaN",
                "01",
                "1e99999999999",
                "secret"
            })
    void whatIsNotOneJsonTextIsRefusedWithoutItsText(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(DataException.class).hasMessageNotContaining("secret");
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        assertThatThrownBy(() -> converter.toConnectData("orders", new byte[] {'"', (byte) 0xff, '"'}))
                .isInstanceOf(DataException.class);
    }

    @Test
    void moreLevelsThanAStackHoldsAreRefused() {
        assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(DataException.class);
    }

    @Test
    void valuesWithASchemaAreWrittenAsTheirJson() {
        Schema schema = SchemaBuilder.struct()
                .field("text", Schema.OPTIONAL_STRING_SCHEMA)
                .field("bytes", Schema.BYTES_SCHEMA)
                .field("sum", Decimal.schema(2))
                .field("at", Timestamp.SCHEMA)
                .field("time", Time.SCHEMA)
                .field("on", org.apache.kafka.connect.data.Date.SCHEMA)
                .field("many", SchemaBuilder.array(Schema.INT8_SCHEMA).build())
                .field(
                        "by",
                        SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.FLOAT32_SCHEMA)
                                .build())
                .build();
        Struct struct = new Struct(schema)
                .put("bytes", new byte[] {1, 2})
                .put("sum", new BigDecimal("12345678901234567890.10"))
                .put("at", Timestamp.toLogical(Timestamp.SCHEMA, 1545084650987L))
                .put("time", Time.toLogical(Time.SCHEMA, 1000))
                .put(
                        "on",
                        org.apache.kafka.connect.data.Date.toLogical(org.apache.kafka.connect.data.Date.SCHEMA, 17000))
                .put("many", List.of((byte) 1, (byte) -1))
                .put("by", Map.of("k", 1.1f));

        assertThat(new String(converter.fromConnectData("orders", schema, struct), StandardCharsets.UTF_8))
                .isEqualTo("{\"text\":null,\"bytes\":\"AQI=\",\"sum\":12345678901234567890.10,\"at\":1545084650987,"
                        + "\"time\":1000,\"on\":17000,\"many\":[1,-1],\"by\":{\"k\":1.1}}");
    }

    @Property(tries = 1000)
    void whatIsReadIsWrittenTokenByToken(@ForAll("anyJson") String text) throws IOException {
        assertThat(tokens(written(text))).isEqualTo(tokens(text));
    }

    private Object read(String text) {
        return converter.toConnectData("orders", utf8(text)).value();
    }

    private String written(String text) {
        byte[] bytes = converter.fromConnectData("orders", null, read(text));
        return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
    }

    /** The tokens of a text, in order; numbers by their value and, if it is zero, their sign. */
    private static List<Object> tokens(String text) throws IOException {
        List<Object> tokens = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    BigDecimal number = new BigDecimal(parser.getText());
                    tokens.add(
                            number.signum() == 0 && parser.getText().startsWith("-")
                                    ? "-0"
                                    : number.stripTrailingZeros());
                } else {
                    tokens.add(Arrays.asList(token, parser.getText()));
                }
            }
        }
        return tokens;
    }

    @Provide
    Arbitrary<String> anyJson() {
        return json(3);
    }

    private static Arbitrary<String> json(int depth) {
        return depth == 0 ? scalar() : Arbitraries.oneOf(scalar(), array(json(depth - 1)), object(json(depth - 1)));
    }

    private static Arbitrary<String> array(Arbitrary<String> values) {
        return values.list().ofMaxSize(4).map(elements -> "[" + String.join(",", elements) + "]");
    }

    private static Arbitrary<String> object(Arbitrary<String> values) {
        Arbitrary<String> field = Combinators.combine(text(), values).as((name, value) -> name + ":" + value);
        return field.list()
                .ofMaxSize(4)
                .uniqueElements(text -> text.substring(0, text.indexOf("\":")))
                .map(fields -> "{" + String.join(",", fields) + "}");
    }

    private static Arbitrary<String> scalar() {
        return Arbitraries.oneOf(
                Arbitraries.of("true", "false", "null", "0", "-0", "-0.0", "0e5"),
                text(),
                Arbitraries.bigIntegers()
                        .between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40))
                        .map(BigInteger::toString),
                Arbitraries.doubles().map(String::valueOf),
                Combinators.combine(
                                Arbitraries.longs(),
                                Arbitraries.integers().between(0, 99_999),
                                Arbitraries.integers().between(-500, 500))
                        .as((whole, fraction, exponent) -> whole + "." + fraction + "e" + exponent));
    }

    /** Of characters that need no escape: colons are left out so that names can be told from values. */
    private static Arbitrary<String> text() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars(' ', 'é', '日', '/')
                .ofMaxLength(8)
                .map(text -> '"' + text + '"');
    }
}
