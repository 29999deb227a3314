package dev.kafila.format;

import static dev.kafila.record.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.record.KafkaRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawFormatterTest {

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\": 1.0}", " [1, 2]\n", "42", "-0.10e400", "\"text\"", "true", "null"})
    void textThatIsJsonGoesAsItIs(String json) {
        assertThat(raw(TestOptions.TEXT, json)).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "1,2",
                "1],[2",
                "{\"id\":1}{",
                "{'id':1}",
                "[1,]",
                "01",
                "NaN",
                "tru",
                "\uFEFF{}"
            })
    void anyOtherTextIsAString(String text) throws IOException {
        assertThat(new ObjectMapper().readTree(raw(TestOptions.TEXT, text)).textValue())
                .isEqualTo(text);
    }

    @Test
    void aStringThatAConverterFoundInJsonIsAStringAgain() {
        assertThat(raw(TestOptions.DECODED, "42")).isEqualTo("\"42\"");
    }

    @Property
    void whateverTheTextThePayloadIsOneValue(@ForAll String text) throws IOException {
        String array = "[" + raw(TestOptions.TEXT, text) + "]";

        assertThat(new ObjectMapper().readTree(array)).hasSize(1);
    }

    private static String raw(FormatOptions.Input input, String value) {
        PayloadBuffer out = new PayloadBuffer(16);
        SchemaAndValue data = new SchemaAndValue(Schema.OPTIONAL_STRING_SCHEMA, value);
        new RawFormatter(TestOptions.options(false, input))
                .write(new KafkaRecord(record(7, "k", value), SchemaAndValue.NULL, data), out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }
}
