package dev.kafila.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.JsonConverter;

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
