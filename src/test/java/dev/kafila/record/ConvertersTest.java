package dev.kafila.record;

import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.aws.AwsSettings;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.apache.kafka.connect.storage.StringConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvertersTest {
    private static final String RUNTIME = "org.apache.kafka.connect.converters.";

    private final CamelContext context = new DefaultCamelContext();

    @Test
    void connectsOwnJsonConverterIsHadByItsClassWithItsSettings() {
        Converter converter = create(JsonConverter.class.getName(), Map.of("schemas.enable", "true"));

        SchemaAndValue value = converter.toConnectData(
                "orders", utf8("{\"schema\":{\"type\":\"int32\",\"optional\":false},\"payload\":5}"));

        assertThat(value).isEqualTo(new SchemaAndValue(Schema.INT32_SCHEMA, 5));
        assertThat(create("json", Map.of())).isInstanceOf(ExactJsonConverter.class);
    }

    @ParameterizedTest
    @CsvSource({
        "LongConverter, INT64, 7",
        "IntegerConverter, INT32, 7",
        "ShortConverter, INT16, 7",
        "DoubleConverter, FLOAT64, 7.5",
        "FloatConverter, FLOAT32, 7.5",
        "BooleanConverter, BOOLEAN, true"
    })
    void connectsPrimitiveConvertersAreHadByTheirClasses(String name, Schema.Type type, String text) {
        Converter converter = create(RUNTIME + name, Map.of());
        Object value =
                switch (type) {
                    case INT64 -> Long.valueOf(text);
                    case INT32 -> Integer.valueOf(text);
                    case INT16 -> Short.valueOf(text);
                    case FLOAT64 -> Double.valueOf(text);
                    case FLOAT32 -> Float.valueOf(text);
                    default -> Boolean.valueOf(text);
                };

        SchemaAndValue read = converter.toConnectData("orders", converter.fromConnectData("orders", null, value));

        assertThat(read.value()).isEqualTo(value);
        assertThat(read.schema().type()).isEqualTo(type);
        assertThat(converter.toConnectData("orders", null).value()).isNull();
        assertThat(converter.fromConnectData("orders", null, null)).isNull();
        assertThatThrownBy(() -> converter.toConnectData("orders", new byte[3])).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> converter.fromConnectData("orders", null, "text"))
                .isInstanceOf(DataException.class);
    }

    @Test
    void headersAreTextWhereTheyAreUtf8AndBytesOtherwise() {
        HeaderConverter converter = Converters.createForHeaders("string", Map.of(), context);

        assertThat(converter.toConnectHeader("orders", "h", utf8("grüße")).value())
                .isEqualTo("grüße");
        assertThat(converter
                        .toConnectHeader("orders", "h", new byte[] {(byte) 0xff})
                        .value())
                .isEqualTo(new byte[] {(byte) 0xff});
        assertThat(converter.toConnectHeader("orders", "h", null).value()).isNull();
        assertThat(converter.fromConnectHeader("orders", "h", null, "grüße")).isEqualTo(utf8("grüße"));
        assertThat(converter.fromConnectHeader("orders", "h", null, new byte[] {1}))
                .containsExactly(1);
        assertThat(converter.fromConnectHeader("orders", "h", null, null)).isNull();
    }

    @Test
    void headersCanBeReadWithAnyHeaderConverter() {
        HeaderConverter simple = Converters.createForHeaders(SimpleHeaderConverter.class.getName(), Map.of(), context);
        HeaderConverter text = Converters.createForHeaders(StringConverter.class.getName(), Map.of(), context);
        HeaderConverter bytes = Converters.createForHeaders("bytes", Map.of(), context);

        assertThat(simple.toConnectHeader("orders", "h", utf8("5")).value()).isEqualTo((byte) 5);
        assertThat(text.toConnectHeader("orders", "h", utf8("5")).value()).isEqualTo("5");
        assertThat(bytes.toConnectHeader("orders", "h", utf8("5")).value()).isEqualTo(utf8("5"));
    }

    @Test
    void aConverterThatRefusesItsSettingsIsNamedWithWhatItSays() {
        assertThatThrownBy(() -> create(Refusing.class.getName(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Refusing.class.getName() + " cannot be configured: Missing required")
                .hasCauseInstanceOf(ConfigException.class);
    }

    @Test
    void aNameThatIsNoConverterIsRefusedWithWhatWouldBeRight() {
        assertThatThrownBy(() -> create("strnig", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'strnig'")
                .hasMessageContaining("string, bytes, json");
        assertThatThrownBy(() -> create("com.example.Missing", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("neither on the class path nor in the plug-in directory");
        assertThatThrownBy(() -> create("java.lang.String", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a " + Converter.class.getName());
        assertThatThrownBy(() -> Converters.createForHeaders("json", Map.of(), context))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use string, bytes");
    }

    private Converter create(String name, Map<String, String> properties) {
        return Converters.create(name, properties, false, AwsSettings.SDK_DEFAULTS, context);
    }

    /** Asks for an address as converters of registries do. */
    public static final class Refusing extends StringConverter {
        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            throw new ConfigException("Missing required configuration \"schema.registry.url\"");
        }
    }
}
