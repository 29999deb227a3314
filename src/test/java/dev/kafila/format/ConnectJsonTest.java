package dev.kafila.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.record.TestRecords;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.junit.jupiter.api.Test;

class ConnectJsonTest {
    private static final JsonConverter CONNECT = connect();
    private static final ObjectMapper JACKSON = new ObjectMapper();

    /** Read and written once more, as Nordstrom's formatter does: straight to bytes, Jackson escapes some letters in names. */
    @Property
    void dataWithASchemaIsWrittenAsConnectsOwnConverterWritesIt(@ForAll("withSchema") SchemaAndValue data)
            throws IOException {
        byte[] connect = CONNECT.fromConnectData("orders", data.schema(), data.value());

        assertThat(json(data)).isEqualTo(JACKSON.writeValueAsString(JACKSON.readTree(connect)));
    }

    @Property
    void dataWithoutASchemaIsWrittenAsJacksonWritesIt(@ForAll("withoutSchema") Object value)
            throws JsonProcessingException {
        assertThat(json(new SchemaAndValue(null, value))).isEqualTo(JACKSON.writeValueAsString(value));
    }

    @Test
    void whatHasNoJsonIsRefusedByItsClassAndNotByItsValue() {
        assertThatThrownBy(() -> json(new SchemaAndValue(null, new StringBuilder("secret").chars())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("java.util.stream")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> json(new SchemaAndValue(null, Collections.singletonMap(null, 1))))
                .isInstanceOf(DataException.class);
    }

    @Test
    void whatDoesNotFitItsSchemaIsRefusedAsConnectRefusesIt() {
        Struct other = new Struct(SchemaBuilder.struct().name("other").build());

        assertThatThrownBy(() -> json(new SchemaAndValue(Schema.STRING_SCHEMA, 42)))
                .isInstanceOf(ClassCastException.class);
        assertThatThrownBy(() -> json(new SchemaAndValue(Schema.INT32_SCHEMA, null)))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> json(new SchemaAndValue(Decimal.schema(2), BigDecimal.ONE)))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> json(new SchemaAndValue(SchemaBuilder.struct().build(), other)))
                .isInstanceOf(DataException.class);
    }

    @Test
    void dataNestsAsDeepAsJacksonReadsItAndNoDeeper() throws IOException {
        assertThat(JACKSON.readTree(json(new SchemaAndValue(null, nested(1000)))))
                .isNotNull();

        assertThatThrownBy(() -> json(new SchemaAndValue(null, nested(1002)))).isInstanceOf(DataException.class);
    }

    @Test
    void anEmptyObjectOfAHeaderIsOneThoughItsSchemaNamesNoTypeOfKeys() {
        SimpleHeaderConverter headers = new SimpleHeaderConverter();
        headers.configure(Map.of());

        assertThat(json(headers.toConnectHeader("orders", "header", TestRecords.utf8("{}"))))
                .isEqualTo("{}");
        assertThat(json(headers.toConnectHeader("orders", "header", TestRecords.utf8("[{\"a\":{}}]"))))
                .isEqualTo("[{\"a\":{}}]");
    }

    private static Object nested(int levels) {
        Object value = List.of();
        for (int level = 1; level < levels; level++) {
            value = List.of(value);
        }
        return value;
    }

    @Provide
    Arbitrary<SchemaAndValue> withSchema() {
        return ConnectArbitraries.withSchema();
    }

    @Provide
    Arbitrary<Object> withoutSchema() {
        return ConnectArbitraries.withoutSchema();
    }

    private static String json(SchemaAndValue data) {
        PayloadBuffer out = new PayloadBuffer(64);
        ConnectJson.write(data, out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    private static JsonConverter connect() {
        JsonConverter converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", "false"), false);
        return converter;
    }
}
