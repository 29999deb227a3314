package dev.kafila.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaReaderTest {
    private static final String ORDER = """
            {"type":"object","title":"Order","description":"what was bought","required":["id"],"properties":{
              "id":{"type":"integer"},"paid":{"type":["null","boolean"]},"price":{"type":"number"},
              "small":{"type":"integer","connect.type":"int8"},"name":{"oneOf":[{"type":"null"},{"type":"string"}]},
              "items":{"type":"array","items":{"type":"object","properties":{"sku":{"type":"string"}}}},
              "counts":{"type":"object","additionalProperties":{"type":"integer"}}}}""";

    @Test
    void anObjectWithNamedPropertiesIsAStruct() {
        SchemaAndValue read = read(
                ORDER,
                "{\"id\":7,\"price\":1.5,\"small\":-3,\"name\":null,\"items\":[{\"sku\":\"a\"}],\"counts\":{\"b\":2}}");

        assertThat(read.value()).hasToString("Struct{id=7,price=1.5,small=-3,items=[Struct{sku=a}],counts={b=2}}");
        assertThat(read.schema().name()).isEqualTo("Order");
        assertThat(read.schema().version()).isEqualTo(4);
        assertThat(read.schema().doc()).isEqualTo("what was bought");
        assertThat(read.schema().field("id").schema()).isEqualTo(Schema.INT64_SCHEMA);
        assertThat(read.schema().field("price").schema()).isEqualTo(Schema.OPTIONAL_FLOAT64_SCHEMA);
        assertThat(((Struct) read.value()).get("paid")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":7,\"more\":1}",
                "{}",
                "{\"id\":\"7\"}",
                "{\"id\":7,\"small\":128}",
                "{\"id\":9223372036854775808}",
                "{\"id\":7,\"price\":0.10000000000000000555}",
                "{\"id\":null}",
                "[1]",
                "null"
            })
    void aDocumentThatDoesNotFitIsPassedWholeAndWithoutASchema(String document) {
        assertThat(read(ORDER, document).schema()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "{}",
                "{\"$ref\":\"#/definitions/x\"}",
                "{\"type\":[\"string\",\"integer\"]}",
                "{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"integer\"}]}",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"allOf\":[]}}}",
                "{\"type\":\"array\"}",
                "{\"type\":\"number\",\"connect.type\":\"bytes\"}"
            })
    void aSchemaWithoutACounterpartLeavesTheDocumentAsItIs(String jsonSchema) {
        SchemaAndValue read = read(jsonSchema, "{\"b\":1.10000000000000000001,\"a\":[null]}");

        assertThat(read.schema()).isNull();
        assertThat(read.value()).hasToString("{b=1.10000000000000000001, a=[null]}");
    }

    @Test
    void propertiesComeInTheOrderThatConfluentsSerializerNumbersThem() {
        String jsonSchema = """
                {"type":"object","properties":{"b":{"type":"string","connect.index":1},"a":{"type":"string","connect.index":0}}}""";

        assertThat(read(jsonSchema, "{\"b\":\"1\",\"a\":\"2\"}").schema().fields())
                .extracting(field -> field.name())
                .isEqualTo(List.of("a", "b"));
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> read(ORDER, "{\"id\":")).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> read(ORDER, "")).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> read("nonsense", "{}")).isInstanceOf(DataException.class);
    }

    private static SchemaAndValue read(String jsonSchema, String document) {
        RegisteredSchema schema = new RegisteredSchema("schema 1", DataFormat.JSON, jsonSchema, Map.of(), 4);
        byte[] record = Wire.confluent(1, document.getBytes(UTF_8));
        return JsonSchemaReader.of(schema, false).read(Payload.of(record, Frame.of(record)));
    }
}
