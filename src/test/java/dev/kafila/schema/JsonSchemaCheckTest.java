package dev.kafila.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaCheckTest {
    private static final String ORDER = """
            {"type":"object","required":["id"],"additionalProperties":false,"properties":{
              "id":{"type":"integer","maximum":9223372036854775807},"price":{"type":"number","multipleOf":0.01},
              "lines":{"type":"array","items":{"type":"object","properties":{"sku":{"type":"string","pattern":"^[A-Z]+$"}}}}}}""";

    @Test
    void aDocumentThatFitsIsRead() {
        SchemaAndValue read = read(ORDER, Map.of(), "{\"id\":7,\"price\":0.1,\"lines\":[{\"sku\":\"AB\"}]}");

        assertThat(read.value()).hasToString("Struct{id=7,price=0.1,lines=[Struct{sku=AB}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"price\":1};the whole breaks its rule required",
                "{\"id\":\"secret\"};/id breaks its rule type",
                "{\"id\":9223372036854775808};/id breaks its rule maximum",
                "{\"id\":7,\"price\":0.101};/price breaks its rule multipleOf",
                "{\"id\":7,\"more\":\"secret\"};the whole breaks its rule additionalProperties",
                "{\"id\":7,\"lines\":[{\"sku\":\"AB\"},{\"sku\":\"secret\"}]};/lines/1/sku breaks its rule pattern"
            })
    void aDocumentThatDoesNotFitIsRefusedByItsPlaceAndWithoutItsValue(String document, String problem) {
        assertThatThrownBy(() -> read(ORDER, Map.of(), document))
                .isInstanceOf(DataException.class)
                .hasMessage("The document does not fit the schema 1: " + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://json-schema.org/draft-04/schema#",
                "http://json-schema.org/draft-06/schema#",
                "http://json-schema.org/draft-07/schema#",
                "https://json-schema.org/draft/2019-09/schema",
                "https://json-schema.org/draft/2020-12/schema"
            })
    void everyVersionOfJsonSchemaIsUnderstood(String version) {
        String schema =
                "{\"$schema\":\"" + version + "\",\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}";

        assertThatCode(() -> read(schema, Map.of(), "{\"a\":\"b\"}")).doesNotThrowAnyException();
        assertThatThrownBy(() -> read(schema, Map.of(), "{\"a\":1}")).hasMessageContaining("/a breaks its rule type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"properties\":{\"a\":{\"$ref\":\"text.json\"}}}",
                "{\"$id\":\"http://kafila.example/order.json\",\"properties\":{\"a\":{\"$ref\":\"text.json\"}}}"
            })
    void whatASchemaRefersToComesFromItsRegistry(String schema) {
        Map<String, String> references = Map.of("text.json", "{\"type\":\"string\"}");

        assertThatCode(() -> read(schema, references, "{\"a\":\"b\"}")).doesNotThrowAnyException();
        assertThatThrownBy(() -> read(schema, references, "{\"a\":1}")).hasMessageContaining("/a breaks its rule type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1/text.json", "file:///etc/hostname", "text.json"})
    void aReferenceThatTheRegistryDoesNotGiveIsNotLookedForElsewhere(String reference) {
        assertThatThrownBy(() -> read("{\"properties\":{\"a\":{\"$ref\":\"" + reference + "\"}}}", Map.of(), "{}"))
                .isInstanceOf(DataException.class)
                .hasMessage("The schema 1 refers to " + reference + ", which the registry gives no reference for");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"$ref\":\"#/definitions/none\"}", "{\"$schema\":\"http://kafila.example/own\"}"})
    void aSchemaThatCannotBeCheckedIsRefusedAsOne(String schema) {
        assertThatThrownBy(() -> read(schema, Map.of(), "{}"))
                .isInstanceOf(DataException.class)
                .hasMessage("The schema 1 is no JSON Schema that can be checked");
    }

    @Test
    void aSchemaThatRefersToItselfIsChecked() {
        String tree = "{\"properties\":{\"left\":{\"$ref\":\"#\"},\"value\":{\"type\":\"integer\"}}}";

        assertThatThrownBy(() -> read(tree, Map.of(), "{\"left\":{\"left\":{\"value\":\"x\"}}}"))
                .hasMessageContaining("/left/left/value breaks its rule type");
    }

    private static SchemaAndValue read(String text, Map<String, String> references, String document) {
        RegisteredSchema schema = new RegisteredSchema("schema 1", DataFormat.JSON, text, references, 4);
        byte[] record = Wire.confluent(1, document.getBytes(UTF_8));
        return JsonSchemaReader.of(schema, true).read(Payload.of(record, Frame.of(record)));
    }
}
